import { listAt, numberAt, textAt, textMapAt } from '../../inspect/field.js';
import type { Inspected } from '../../inspect/inspected.js';
import { mapMatches } from '../../inspect/selector.js';
import type { KubernetesObject } from '../../inspect/types.js';
import { namespaceOf } from '../../inspect/workload.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

function pools({ objects }: Inspected): readonly KubernetesObject[] {
  return objects.filter(({ kind }) => kind === 'InferencePool');
}

const subjectOf = ({ metadata }: KubernetesObject) => `InferencePool/${metadata.name}`;
const groupOf = ({ apiVersion }: KubernetesObject) => apiVersion.split('/')[0] ?? '';

export const inferencePoolChecks: readonly ManifestCheck[] = [
  {
    id: 'pool/picker',
    title: 'one endpoint picker is not the single way in',
    why: 'By default the pool refuses every request while its picker is away, and a picker of one replica is away at each update.',
    source: 'Gateway API Inference Extension v1.6, failureMode FailClose',
    inputs: ['objects', 'services', 'workloads'],
    traps: [61],
    run: (inspected) =>
      pools(inspected).flatMap((pool) => {
        const open = textAt(pool, 'spec', 'endpointPickerRef', 'failureMode') === 'FailOpen';
        const name = textAt(pool, 'spec', 'endpointPickerRef', 'name') ?? '';
        const service = inspected.services.find(
          (each) => each.name === name && each.namespace === namespaceOf(pool),
        );
        if (!service)
          return [
            error(
              subjectOf(pool),
              `no Service is called '${name}'`,
              'name the Service of the endpoint picker',
            ),
          ];
        const single = service.workloads.filter(({ replicas }) => (replicas ?? 1) < 2);
        return open
          ? []
          : single.map(({ subject }) =>
              warning(
                subjectOf(pool),
                `the pool closes while ${subject} is away, which has one replica`,
                'give the picker 2 replicas, or set failureMode: FailOpen',
              ),
            );
      }),
  },
  {
    id: 'pool/group',
    title: 'a route names the pool by the group it has',
    why: 'The pool moved from inference.networking.x-k8s.io to inference.networking.k8s.io: a route to the other group finds nothing.',
    source: 'Gateway API Inference Extension v1.6',
    inputs: ['objects', 'routes'],
    run: (inspected) =>
      inspected.routes.flatMap(({ subject, rules }) =>
        rules
          .flatMap(({ backends }) => backends)
          .filter(({ kind }) => kind === 'InferencePool')
          .flatMap(({ name, namespace, group }) => {
            const pool = pools(inspected).find(
              (each) => each.metadata.name === name && namespaceOf(each) === namespace,
            );
            if (!pool) return [error(subject, `no InferencePool is called ${name}`, 'correct the name')];
            return groupOf(pool) === group
              ? []
              : [
                  error(
                    subject,
                    `the pool is of group ${groupOf(pool)}, the route asks for '${group}'`,
                    `set group: ${groupOf(pool)}`,
                  ),
                ];
          }),
      ),
  },
  {
    id: 'pool/target',
    title: 'a pool selects servers, by the port that they have',
    why: 'A pool without endpoints, or with another port, answers 503.',
    source: 'Gateway API Inference Extension v1.6',
    inputs: ['objects', 'servers'],
    run: (inspected) =>
      pools(inspected).flatMap((pool) => {
        const labels = textMapAt(pool, 'spec', 'selector', 'matchLabels');
        const own = inspected.servers.filter(
          ({ workload }) =>
            workload.namespace === namespaceOf(pool) && mapMatches(labels, workload.pod.labels),
        );
        if (own.length === 0)
          return [
            error(
              subjectOf(pool),
              'no server of these manifests has the labels of its selector',
              'make the selector equal to the pod labels',
            ),
          ];
        const ports = listAt(pool, 'spec', 'targetPorts').flatMap((port) => numberAt(port, 'number') ?? []);
        const wrong = ports.filter((port) => !own.some(({ engine }) => engine.port === port));
        return wrong.map((port) =>
          error(subjectOf(pool), `no server listens on port ${port}`, `use ${own[0]?.engine.port}`),
        );
      }),
  },
];
