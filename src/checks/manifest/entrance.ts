import { textAt } from '../../inspect/field.js';
import { exposed, listenersOf } from './exposure.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

export const entranceChecks: readonly ManifestCheck[] = [
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
  {
    id: 'exposure/service-type',
    title: "a server's Service is not an entrance by itself",
    why: 'NodePort and LoadBalancer pass the gateway by: no TLS, and every path, also those that no key guards.',
    source: 'Kubernetes docs, Service types; vLLM docs, security',
    inputs: ['services', 'servers'],
    guards: true,
    traps: [46],
    run: ({ services, servers }) =>
      services
        .filter(({ type }) => type === 'NodePort' || type === 'LoadBalancer')
        .filter(({ workloads }) => servers.some(({ workload }) => workloads.includes(workload)))
        .map(({ subject, type }) =>
          error(
            subject,
            `a Service of type ${type} is reached past the gateway`,
            'leave type out, and expose it by a route',
          ),
        ),
  },
];
