import { error, type ManifestCheck, warning } from './manifest-check.js';

export const monitorChecks: readonly ManifestCheck[] = [
  {
    id: 'monitoring/target',
    title: 'a monitor selects something that exists',
    why: 'A PodMonitor or ServiceMonitor that matches nothing is accepted, and nothing is scraped.',
    source: 'prometheus-operator#2451; tried against kube-apiserver 1.36.3',
    inputs: ['monitors'],
    traps: [42],
    run: ({ monitors }) =>
      monitors
        .filter(({ kind, workloads, services }) =>
          kind === 'PodMonitor' ? workloads.length === 0 : services.length === 0,
        )
        .map(({ subject, kind }) =>
          error(
            subject,
            `no ${kind === 'PodMonitor' ? 'pod' : 'Service'} of these manifests has the labels of its selector`,
            'make the selector equal to their labels, and name their namespace',
          ),
        ),
  },
  {
    id: 'monitoring/port',
    title: 'a monitor names a port that exists',
    why: 'Endpoints are found by the name of the port; one that no pod or Service carries is scraped nowhere.',
    source: 'prometheus-operator docs, troubleshooting; tried against kube-apiserver 1.36.3',
    inputs: ['monitors'],
    traps: [42],
    run: ({ monitors }) =>
      monitors.flatMap(({ subject, kind, endpoints, services, workloads }) => {
        const named =
          kind === 'PodMonitor'
            ? workloads.flatMap(({ pod }) =>
                pod.containers.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? [])),
              )
            : services.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? []));
        return endpoints
          .filter(
            ({ port, portNumber }) =>
              (port === undefined && portNumber === undefined) ||
              (port !== undefined && named.length > 0 && !named.includes(port)),
          )
          .map(({ port }) =>
            error(
              subject,
              port === undefined ? 'an endpoint names no port' : `no port is called '${port}'`,
              `use one of: ${[...new Set(named)].join(', ')}`,
            ),
          );
      }),
  },
  {
    id: 'monitoring/discovery',
    title: 'monitors and rules carry the same discovery labels',
    why: 'kube-prometheus-stack reads only objects with its release label: the one that lacks it is ignored without a word.',
    source: 'prometheus-operator#1470, kube-prometheus#1392',
    inputs: ['objects'],
    traps: [42],
    run: ({ objects }) => {
      const discovered = objects.filter(({ kind }) =>
        /^(PodMonitor|ServiceMonitor|PrometheusRule|Probe)$/.test(kind),
      );
      const labels = new Set(
        discovered.flatMap(({ metadata }) =>
          Object.keys(metadata.labels ?? {}).filter((label) => label === 'release' || label === 'prometheus'),
        ),
      );
      return [...labels].flatMap((label) =>
        discovered
          .filter(({ metadata }) => metadata.labels?.[label] === undefined)
          .map(({ kind, metadata }) =>
            warning(
              `${kind}/${metadata.name}`,
              `it lacks the label ${label} that its neighbours carry`,
              `add ${label}`,
            ),
          ),
      );
    },
  },
];
