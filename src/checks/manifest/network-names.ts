import { listAt, textAt } from '../../inspect/field.js';
import type { Inspected } from '../../inspect/inspected.js';
import type { Service } from '../../inspect/service.js';
import { error, type ManifestCheck } from './manifest-check.js';

/** Names and numbers of ports that the pods behind a Service have. */
function portsOf({ workloads }: Service, servers: Inspected['servers']): ReadonlySet<string | number> {
  const declared = workloads.flatMap(({ pod }) =>
    pod.containers.flatMap(({ ports }) => ports.flatMap(({ name, number }) => [name ?? number, number])),
  );
  const listening = servers
    .filter(({ workload }) => workloads.includes(workload))
    .map(({ engine }) => engine.port);
  return new Set([...declared, ...listening]);
}

function onlyEngines({ workloads }: Service, servers: Inspected['servers']): boolean {
  return workloads.every((workload) => servers.some((server) => server.workload === workload));
}

export const networkNameChecks: readonly ManifestCheck[] = [
  {
    id: 'network/service-selector',
    title: 'a Service selects pods that exist',
    why: 'The API server takes any selector; the Service then has no endpoints and every request fails.',
    source: 'tried against kube-apiserver 1.36.3',
    inputs: ['services'],
    traps: [59],
    run: ({ services }) =>
      services
        .filter(({ selector, workloads }) => Object.keys(selector).length > 0 && workloads.length === 0)
        .map(({ subject, selector }) =>
          error(
            subject,
            `no pod of these manifests has the labels ${Object.entries(selector)
              .map(([key, value]) => `${key}=${value}`)
              .join(', ')}`,
            'make the selector equal to the pod labels',
          ),
        ),
  },
  {
    id: 'network/target-port',
    title: 'a Service sends to a port that the pods have',
    why: 'A name that no container port carries leaves the Service without endpoints; a number nobody listens on refuses every request.',
    source: 'tried against kube-apiserver 1.36.3',
    inputs: ['services', 'servers'],
    run: ({ services, servers }) =>
      services
        .filter(({ workloads }) => workloads.length > 0)
        .flatMap((service) => {
          const known = portsOf(service, servers);
          return (
            service.ports
              // A port need not be declared: a number is wrong for certain only where every pod is an engine's.
              .filter(
                ({ targetPort }) =>
                  !known.has(targetPort) && (typeof targetPort === 'string' || onlyEngines(service, servers)),
              )
              .map(({ targetPort }) =>
                error(
                  service.subject,
                  `targetPort ${targetPort} is no port of the pods`,
                  `use one of: ${[...known].join(', ')}`,
                ),
              )
          );
        }),
  },
  {
    id: 'network/backend',
    title: 'a route sends to a Service and port that exist',
    why: 'The API server takes any name; the route answers 500 or 503.',
    source: 'tried against kube-apiserver 1.36.3; Gateway API, ResolvedRefs',
    inputs: ['routes', 'services'],
    run: ({ routes, services, namespaces }) =>
      routes.flatMap(({ subject, rules }) =>
        rules.flatMap(({ backends }) =>
          backends
            .filter(
              ({ kind, group, namespace }) =>
                kind === 'Service' && group === '' && namespaces.some(({ name }) => name === namespace),
            )
            .flatMap(({ name, namespace, port }) => {
              const service = services.find((each) => each.name === name && each.namespace === namespace);
              if (!service)
                return [
                  error(
                    subject,
                    `no Service is called ${name}`,
                    `use one of: ${services.map((each) => each.name).join(', ')}`,
                  ),
                ];
              const known = service.ports.some((each) => each.port === port || each.name === port);
              return known || port === undefined
                ? []
                : [
                    error(
                      subject,
                      `Service ${name} has no port ${port}`,
                      `use one of: ${service.ports.map((each) => each.port).join(', ')}`,
                    ),
                  ];
            }),
        ),
      ),
  },
  {
    id: 'network/gateway-reference',
    title: 'a route names a listener that exists',
    why: 'A route whose Gateway or listener is not there is never attached, and nothing says so but its status.',
    source: 'Gateway API, parentRefs',
    inputs: ['routes', 'objects'],
    run: ({ routes, objects, namespaces }) =>
      routes.flatMap(({ subject, gateways }) =>
        gateways
          .filter(({ namespace }) => namespaces.some(({ name }) => name === namespace))
          .flatMap(({ name, namespace, section }) => {
            const gateway = objects.find(
              (each) =>
                each.kind === 'Gateway' &&
                each.metadata.name === name &&
                (each.metadata.namespace ?? 'default') === namespace,
            );
            if (!gateway)
              return [
                error(
                  subject,
                  `no Gateway is called ${name} in namespace ${namespace}`,
                  'name the Gateway and its namespace in parentRefs',
                ),
              ];
            const listeners = listAt(gateway, 'spec', 'listeners').flatMap(
              (listener) => textAt(listener, 'name') ?? [],
            );
            return section === undefined || listeners.includes(section)
              ? []
              : [
                  error(
                    subject,
                    `Gateway ${name} has no listener ${section}`,
                    `use one of: ${listeners.join(', ')}`,
                  ),
                ];
          }),
      ),
  },
];
