import { key, onServers, type PlanCheck, type PlanFinding } from './planned.js';

export const weightsToken: PlanCheck = {
  id: 'weights/token',
  title: 'gated weights have a token',
  why: 'a gated repository answers 401 until its licence is accepted and a token is presented',
  source: 'the model hub; catalogue field gated',
  inputs: ['servers[].model.gated', 'weights.token'],
  run: onServers(({ model, weights }, planned): PlanFinding[] =>
    model.gated && weights.token === null && model.source === 'huggingface'
      ? [
          {
            severity: 'error',
            message: `${model.repository} is gated, and weights.token is not set`,
            remedy: [
              'set weights.token: { secretRef: { name, key } } after accepting the licence on the hub',
              'or take weights.source: mirror or modelscope',
            ],
            subject: key(planned, 'weights.token'),
          },
        ]
      : [],
  ),
};

export const weightsSourceKnown: PlanCheck = {
  id: 'weights/source',
  title: 'the weights are published where they are to come from',
  why: 'not every checkpoint is on every hub; a wrong id is only noticed when the Job fails',
  source: 'catalogue: checkpoints[].huggingFace, modelScope',
  inputs: ['servers[].model.repository', 'weights.source', 'weights.endpoint'],
  run: onServers(({ model }, planned, { checkpoint, weights }): PlanFinding[] => {
    if (model.repository === '') {
      return [
        {
          severity: 'error',
          message: `no ${model.source === 'modelscope' ? 'ModelScope' : 'Hugging Face'} repository of ${model.id} in ${model.precision} is known`,
          remedy: [
            model.source === 'modelscope'
              ? 'weights.source: huggingface or mirror'
              : 'weights.source: modelscope',
            'weights.repository: the one that holds them, e.g. your-team/your-model',
          ],
          subject: key(planned, 'weights.source'),
        },
      ];
    }
    if (weights.source === 'mirror' && weights.endpoint === undefined) {
      return [
        {
          severity: 'error',
          message: 'weights.source is mirror, and weights.endpoint is not set',
          remedy: ['set weights.endpoint to the address of the mirror'],
          subject: key(planned, 'weights.endpoint'),
        },
      ];
    }
    return checkpoint.notVerified
      ? [
          {
            severity: 'warning',
            message: `the id ${model.repository} has not been confirmed on the hub`,
            remedy: ['open its page before you rely on it, or describe the checkpoint inline'],
            subject: key(planned, 'precision'),
          },
        ]
      : [];
  }),
};

export const weightsMirror: PlanCheck = {
  id: 'weights/mirror-bodies',
  title: 'a mirror serves the file bodies itself',
  why: 'the hub’s answer can name its own storage hosts for large files: small files arrive from the mirror, the weights still come from abroad',
  source: 'huggingface/huggingface_hub#4475 (2026-07-02)',
  inputs: ['weights.source', 'weights.endpoint'],
  run: onServers(({ model }, planned, { checkpoint, weights }): PlanFinding[] => {
    const alternative = checkpoint.modelScope;
    if (model.source !== 'mirror') return [];
    return [
      {
        severity: 'warning',
        message: `${weights.endpoint} must serve the weight files itself and not redirect to the hub's storage; the chunk store is switched off`,
        remedy: [
          'try one large file against the mirror before you rely on it',
          ...(alternative ? [`weights.source: modelscope has it as ${alternative}`] : []),
        ],
        subject: key(planned, 'weights.endpoint'),
      },
    ];
  }),
};

export const storageNodeBound: PlanCheck = {
  id: 'storage/node-bound',
  title: 'every replica can mount the weights',
  why: 'a ReadWriteOnce volume is on one node: a second replica elsewhere stays in ContainerCreating with a Multi-Attach error',
  source: 'Kubernetes: access modes',
  inputs: ['servers[].weights.kind', 'servers[].replicas'],
  run: onServers(({ weights, replicas }, planned): PlanFinding[] =>
    weights.kind === 'node-bound' && replicas.max > 1
      ? [
          {
            severity: 'error',
            message: `up to ${replicas.max} replicas share the weights, and cluster.storageClass.shared is not set: a node-bound volume serves one`,
            remedy: [
              'set cluster.storageClass.shared to a ReadWriteMany class',
              'or set sizing.replicas: { min: 1, max: 1 }',
              'a per-node cache or an image volume would do as well, and are not emitted yet',
            ],
            subject: key(planned, 'cluster.storageClass.shared'),
          },
        ]
      : [],
  ),
};

export const storageReadSpeed: PlanCheck = {
  id: 'storage/read-speed',
  title: 'the start-up budget rests on a measured read speed',
  why: 'the time to load is the weights divided by the speed of their volume: a slow class makes the start-up probe kill a healthy load',
  source: 'files ÷ cluster.storageClass.readGibPerSecond',
  inputs: ['servers[].sizing.host', 'cluster.storageClass.readGibPerSecond'],
  run: onServers(({ sizing, lifecycle }, planned): PlanFinding[] =>
    planned.resolved.cluster.storageClass?.readGibPerSecond === undefined && sizing.host.filesGib > 100
      ? [
          {
            severity: 'question',
            message: `${Math.round(sizing.host.filesGib)} GiB of weights are read at an assumed ${sizing.host.readGibPerSecond} GiB/s; the start-up budget of ${lifecycle.startupBudgetSeconds} s rests on it`,
            remedy: ['measure the class with dd or fio and set cluster.storageClass.readGibPerSecond'],
            key: key(planned, 'cluster.storageClass.readGibPerSecond'),
          },
        ]
      : [],
  ),
};
