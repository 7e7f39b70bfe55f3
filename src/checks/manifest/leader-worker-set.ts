import { flagNumber } from '../../inspect/engine.js';
import { fieldsAt, numberAt, textAt } from '../../inspect/field.js';
import type { Inspected } from '../../inspect/inspected.js';
import { error, type ManifestCheck } from './manifest-check.js';

const INDEX = 'leaderworkerset.sigs.k8s.io/worker-index';

function sets({ objects }: Inspected) {
  return objects.filter(
    ({ kind, apiVersion }) =>
      kind === 'LeaderWorkerSet' && apiVersion.startsWith('leaderworkerset.x-k8s.io/'),
  );
}

export const leaderWorkerSetChecks: readonly ManifestCheck[] = [
  {
    id: 'lws/size',
    title: 'a group has as many pods as the engine expects',
    why: 'The CRD takes a size of 0; a group smaller than --nnodes waits for members that never come.',
    source: 'LeaderWorkerSet API v1; tried against kube-apiserver 1.36.3',
    inputs: ['objects', 'servers'],
    run: (inspected) =>
      sets(inspected).flatMap((object) => {
        const size = numberAt(object, 'spec', 'leaderWorkerTemplate', 'size') ?? 1;
        const subject = `LeaderWorkerSet/${object.metadata.name}`;
        if (size < 1)
          return [
            error(
              subject,
              `size ${size} makes no pod at all`,
              'set size to the number of nodes of one replica',
            ),
          ];
        return inspected.servers
          .filter(
            ({ workload, engine }) =>
              workload.object === object &&
              engine.parsed.flags['--nnodes'] &&
              engine.nodes !== undefined &&
              engine.nodes !== size,
          )
          .map((server) =>
            error(
              server.subject,
              `--nnodes ${server.engine.nodes} in a group of ${size} pods`,
              'write --nnodes $(LWS_GROUP_SIZE)',
            ),
          );
      }),
  },
  {
    id: 'lws/startup-policy',
    title: 'workers start with their leader',
    why: 'The leader is ready only when its workers have joined; LeaderReady starts them only when it is ready.',
    source: 'LeaderWorkerSet API v1; vLLM multi-node serving with the mp backend',
    inputs: ['objects', 'servers'],
    traps: [60],
    run: (inspected) =>
      sets(inspected)
        .filter(
          (object) =>
            textAt(object, 'spec', 'startupPolicy') === 'LeaderReady' &&
            inspected.servers.some(({ workload }) => workload.object === object),
        )
        .map(({ metadata }) =>
          error(
            `LeaderWorkerSet/${metadata.name}`,
            'leader and workers wait for each other',
            'set startupPolicy: LeaderCreated',
          ),
        ),
  },
  {
    id: 'lws/rendezvous',
    title: 'the pods of a group find each other',
    why: 'Without --nnodes, --node-rank and --master-addr each pod loads the model alone, or waits for ever; a worker that is not --headless opens a second API.',
    source: 'vLLM docs, multi-node serving; LeaderWorkerSet 0.10 docs',
    inputs: ['servers'],
    traps: [16],
    run: ({ servers }) =>
      servers
        .filter(
          ({ workload, engine }) =>
            workload.kind === 'LeaderWorkerSet' &&
            (numberAt(workload.object, 'spec', 'leaderWorkerTemplate', 'size') ?? 1) > 1 &&
            engine.parsed.flags['--data-parallel-size-local'] === undefined,
        )
        .flatMap(({ subject, workload, engine }) => {
          const missing = ['--nnodes', '--node-rank', '--master-addr'].filter(
            (flag) => !engine.parsed.flags[flag],
          );
          const wrongRank =
            workload.role === 'leader' && (flagNumber(engine.parsed, '--node-rank') ?? 0) !== 0;
          return [
            ...(missing.length > 0
              ? [
                  error(
                    subject,
                    `${missing.join(', ')} is not set`,
                    'set --nnodes $(LWS_GROUP_SIZE) --node-rank $(LWS_WORKER_INDEX) --master-addr $(LWS_LEADER_ADDRESS)',
                  ),
                ]
              : []),
            ...(workload.role === 'worker' && !engine.headless
              ? [error(subject, 'the worker opens an API of its own', 'add --headless to the workers')]
              : []),
            ...(wrongRank
              ? [error(subject, 'the leader does not have --node-rank 0', 'set --node-rank 0')]
              : []),
          ];
        }),
  },
  {
    id: 'lws/leader-selector',
    title: 'a Service of a group sends to its leader only',
    why: 'Workers have no API; and the controller sets no label role, but worker-index 0 on the leader.',
    source: 'LeaderWorkerSet 0.10 docs, labels',
    inputs: ['services'],
    traps: [59],
    run: ({ services }) =>
      services
        .filter(({ workloads, object, selector }) => {
          const headless = fieldsAt(object, 'spec').clusterIP === 'None';
          return (
            !headless && selector[INDEX] === undefined && workloads.some(({ role }) => role === 'worker')
          );
        })
        .map(({ subject }) =>
          error(
            subject,
            'requests also go to workers, which have no API',
            `add ${INDEX}: "0" to the selector`,
          ),
        ),
  },
];
