import { textAt } from '../../inspect/field.js';
import { exposed, listenersOf } from './exposure.js';
import { type ManifestCheck, warning } from './manifest-check.js';

export const exposureHostChecks: readonly ManifestCheck[] = [
  {
    id: 'exposure/host',
    title: 'a server is reached by its own host names only',
    why: 'A route without a name, or with *, answers for every name that resolves to the gateway, also for one that somebody else registers.',
    source: 'Gateway API, HTTPRoute hostnames; Kubernetes docs, Ingress rules',
    inputs: ['routes', 'services', 'servers', 'objects'],
    guards: true,
    run: (inspected) =>
      exposed(inspected)
        .filter(({ route }) => {
          const listeners = listenersOf(route, inspected).map((listener) => textAt(listener, 'hostname'));
          const hosts = route.hosts.length > 0 ? route.hosts : listeners;
          return hosts.length === 0 || hosts.some((host) => host === undefined || host === '*');
        })
        .map(({ route }) =>
          warning(
            route.subject,
            'it answers for every host name',
            route.kind === 'Ingress' ? 'set host in each rule' : 'set hostnames',
          ),
        ),
  },
];
