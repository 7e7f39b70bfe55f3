import { fieldsAt, numberAt, textAt, valueAt } from '../../inspect/field.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

export const rolloutChecks: readonly ManifestCheck[] = [
  {
    id: 'rollout/surge',
    title: 'a new version does not wait for GPUs that nobody has',
    why: 'By default a rolling update first adds a quarter of the pods; with every GPU taken the new pod stays Pending and the update never ends.',
    source: 'LLMKube#192, LLMKube#196, airunway#400; seen with kube-scheduler 1.36.3',
    inputs: ['servers'],
    traps: [12],
    run: ({ servers }) =>
      servers.flatMap(({ workload }) => {
        const { object, kind, subject, pod, role } = workload;
        if (pod.gpus === 0 || role === 'worker') return [];
        const strategy = fieldsAt(object, 'spec', 'strategy');
        const surge =
          kind === 'Deployment' && strategy.type !== 'Recreate'
            ? (valueAt(strategy, 'rollingUpdate', 'maxSurge') ?? '25%')
            : kind === 'LeaderWorkerSet'
              ? (valueAt(object, 'spec', 'rolloutStrategy', 'rollingUpdateConfiguration', 'maxSurge') ?? 0)
              : 0;
        if (/^0%?$/.test(String(surge))) return [];
        return [
          warning(
            subject,
            `an update first adds pods (maxSurge ${surge}) that need ${pod.gpus} GPUs each`,
            'set maxSurge: 0 and maxUnavailable: 1, or strategy Recreate',
          ),
        ];
      }),
  },
  {
    id: 'rollout/progress-deadline',
    title: 'a rollout is not called failed while the model still loads',
    why: 'progressDeadlineSeconds is 600 by default; a load that takes longer marks the Deployment as failed and tools roll it back.',
    source: 'Kubernetes docs, Deployments',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers.flatMap(({ workload, container }) => {
        const budget = container.probes.startup?.budgetSeconds ?? 0;
        const deadline = numberAt(workload.object, 'spec', 'progressDeadlineSeconds') ?? 600;
        if (workload.kind !== 'Deployment' || deadline > budget) return [];
        return [
          error(
            workload.subject,
            `progressDeadlineSeconds ${deadline} is not above the startup probe's budget of ${budget} s`,
            `set progressDeadlineSeconds to ${budget + 300}`,
          ),
        ];
      }),
  },
  {
    id: 'rollout/replicas-owned',
    title: 'a scaled workload leaves replicas to its scaler',
    why: 'Every apply resets what the scaler decided; GitOps shows a drift for ever, and server-side apply a conflict.',
    source: 'argo-cd#5105, argo-cd#7820; seen with kube-apiserver 1.36.3',
    inputs: ['scalers'],
    traps: [30],
    run: ({ scalers }) =>
      scalers.flatMap((scaler) =>
        scaler.workloads
          .filter(({ replicas, role }) => replicas !== undefined && role !== 'worker')
          .map(({ subject, replicas }) =>
            error(
              subject,
              `replicas: ${replicas} is written down, and ${scaler.subject} scales it`,
              'remove replicas',
            ),
          ),
      ),
  },
  {
    id: 'rollout/stable-selector',
    title: 'selectors hold nothing that changes',
    why: 'A selector cannot be changed: the next version would need the workload deleted first.',
    source: 'Kubernetes docs, label selector updates',
    inputs: ['workloads'],
    run: ({ workloads }) =>
      workloads.flatMap(({ object, subject, role }) => {
        const labels = Object.keys(fieldsAt(object, 'spec', 'selector', 'matchLabels'));
        const moving = labels.filter((label) => /(^|[/.-])(version|revision|chart|hash|date)$/i.test(label));
        return role === 'worker'
          ? []
          : moving.map((label) =>
              error(
                subject,
                `the selector holds ${label}, which changes with the version`,
                `keep ${label} on the pods, not in the selector`,
              ),
            );
      }),
  },
  {
    id: 'names/stable',
    title: 'names are chosen, not hashed from a path',
    why: "A name with cdk8s' hash changes when code is moved: the old volume or Deployment is orphaned and a new one is made.",
    source: 'cdk8s#392, cdk8s#232, cdk8s-core#1037',
    inputs: ['objects'],
    traps: [31],
    run: ({ objects }) =>
      objects
        .map((object) => ({ kind: object.kind, name: textAt(object, 'metadata', 'name') ?? '' }))
        .filter(({ name }) => /-c8[0-9a-f]{6}$/.test(name))
        .map(({ kind, name }) =>
          warning(`${kind}/${name}`, 'the name ends in a hash of where the code stands', 'set metadata.name'),
        ),
  },
];
