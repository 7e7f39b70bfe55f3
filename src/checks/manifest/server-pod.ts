import { textAt } from '../../inspect/field.js';
import { namespaceOf } from '../../inspect/workload.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** What any server needs, whatever it serves. */
export const serverPodChecks: readonly ManifestCheck[] = [
  {
    id: 'pod/requests',
    title: 'a server asks for processor time and memory, and its memory is bounded',
    why: 'Without requests the scheduler puts it on a full node, and it is the first to be evicted there; without a limit a leak takes its neighbours along.',
    source: 'Kubernetes docs, resource management for pods and containers',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers.flatMap(({ subject, container: { requests, limits } }) => {
        const missing = [
          ...['cpu', 'memory']
            .filter((name) => requests[name] === undefined)
            .map((name) => `a request of ${name}`),
          ...(limits.memory === undefined ? ['a limit of memory'] : []),
        ];
        return missing.length > 0
          ? [warning(subject, `it lacks ${missing.join(' and ')}`, 'set them in resources')]
          : [];
      }),
  },
  {
    id: 'probe/present',
    title: 'a server has a readiness and a liveness probe',
    why: 'Without readiness it gets requests while it still loads; without liveness one that no longer answers is never started again.',
    source: 'Kubernetes docs, liveness, readiness and startup probes',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers
        .filter(({ engine }) => !engine.headless)
        .flatMap(({ subject, container: { probes } }) => {
          const missing = (['readiness', 'liveness'] as const).filter((name) => !probes[name]);
          return missing.map((name) =>
            error(subject, `there is no ${name} probe`, `add a ${name}Probe on /health`),
          );
        }),
  },
  {
    id: 'security/service-account',
    title: 'a server runs under an account of its own',
    why: 'What somebody later gives to the account default, every pod of the namespace has; a pod whose account is missing is never made.',
    source: 'Kubernetes docs, service accounts',
    inputs: ['servers', 'objects'],
    run: ({ servers, objects }) =>
      servers.flatMap(({ workload }) => {
        const { subject, namespace, pod } = workload;
        const name = textAt(pod.spec, 'serviceAccountName') ?? 'default';
        const accounts = objects
          .filter((object) => object.kind === 'ServiceAccount' && namespaceOf(object) === namespace)
          .map(({ metadata }) => metadata.name);
        if (name === 'default')
          return [warning(subject, 'it runs under the account default', 'set serviceAccountName')];
        if (accounts.length === 0 || accounts.includes(name)) return [];
        return [
          error(
            subject,
            `its account ${name} is not among those of the namespace: ${accounts.join(', ')}`,
            'add the ServiceAccount, or name one of these',
          ),
        ];
      }),
  },
  {
    id: 'rollout/naked-pod',
    title: 'a server is made by a controller',
    why: 'A Pod by itself is gone with its node, and nothing makes it again.',
    source: 'Kubernetes docs, pods',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers
        .filter(({ workload }) => workload.kind === 'Pod')
        .map(({ workload }) =>
          error(workload.subject, 'no controller makes the pod again', 'use a Deployment with one replica'),
        ),
  },
];
