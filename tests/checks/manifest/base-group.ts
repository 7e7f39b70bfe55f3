import type { KubernetesObject } from '../../../src/inspect/types.js';
import { base } from './base.js';
import { NAMESPACE } from './base-workloads.js';

const LWS = 'leaderworkerset.sigs.k8s.io';
const picker = { 'app.kubernetes.io/name': 'picker', 'app.kubernetes.io/instance': 'chat' };
const labels = {
  'app.kubernetes.io/name': 'vllm',
  'app.kubernetes.io/instance': 'chat',
  'app.kubernetes.io/component': 'server',
};
const leaderLabels = { ...labels, role: 'leader' };

/** The base set with a replica of two nodes, and an InferencePool in front of it: no check finds anything in it either. */
export function baseGroup(): KubernetesObject[] {
  const objects = base();
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  if (!deployment) throw new Error('the base set has no Deployment');
  const { template } = deployment.spec as { template: Template };
  const rank = [
    '--nnodes',
    '$(LWS_GROUP_SIZE)',
    '--master-addr',
    '$(LWS_LEADER_ADDRESS)',
    '--pipeline-parallel-size',
    '2',
  ];
  const leader = withArgs(template, [...rank, '--node-rank', '0'], leaderLabels, true);
  const worker = withArgs(
    template,
    [...rank, '--node-rank', '$(LWS_WORKER_INDEX)', '--headless'],
    labels,
    false,
  );
  const group: KubernetesObject = {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata: { name: 'server', namespace: NAMESPACE, labels },
    spec: {
      startupPolicy: 'LeaderCreated',
      leaderWorkerTemplate: { size: 2, leaderTemplate: leader, workerTemplate: worker },
    },
  };
  const selector = { ...labels, [`${LWS}/worker-index`]: '0' };
  return [
    ...objects.filter(({ kind }) => kind !== 'Deployment').map((object) => retarget(object, selector)),
    group,
    {
      apiVersion: 'inference.networking.k8s.io/v1',
      kind: 'InferencePool',
      metadata: { name: 'server', namespace: NAMESPACE },
      spec: {
        selector: { matchLabels: leaderLabels },
        targetPorts: [{ number: 8000 }],
        endpointPickerRef: { name: 'picker', port: { number: 9002 }, failureMode: 'FailClose' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'picker', namespace: NAMESPACE },
      spec: { selector: picker, ports: [{ name: 'grpc', port: 9002, targetPort: 'grpc' }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'picker', namespace: NAMESPACE },
      spec: { replicas: 2, selector: { matchLabels: picker }, template: pickerPod() },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'pool', namespace: NAMESPACE },
      spec: {
        parentRefs: [{ name: 'server' }],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
            timeouts: { request: '0s' },
            backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'server' }],
          },
        ],
      },
    },
  ];
}

interface Template {
  metadata: object;
  spec: { containers: { args: string[] }[] };
}

function withArgs(
  template: Template,
  extra: readonly string[],
  podLabels: object,
  probed: boolean,
): Template {
  const copy = structuredClone(template);
  const [container] = copy.spec.containers as Record<string, unknown>[];
  if (!container) throw new Error('the base set has no container');
  container.args = [...(container.args as string[]), ...extra];
  for (const probe of probed ? [] : ['startupProbe', 'livenessProbe', 'readinessProbe'])
    delete container[probe];
  return { ...copy, metadata: { labels: podLabels, annotations: { 'karpenter.sh/do-not-disrupt': 'true' } } };
}

/** Service, budget, monitor and scaler of the group mean its leader. */
function retarget(object: KubernetesObject, selector: Record<string, string>): KubernetesObject {
  const spec = object.spec as Record<string, unknown>;
  if (object.kind === 'Service') return { ...object, spec: { ...spec, selector } };
  if (object.kind === 'PodDisruptionBudget' || object.kind === 'PodMonitor') {
    return { ...object, spec: { ...spec, selector: { matchLabels: selector } } };
  }
  if (object.kind !== 'ScaledObject') return object;
  return {
    ...object,
    spec: {
      ...spec,
      scaleTargetRef: { apiVersion: 'leaderworkerset.x-k8s.io/v1', kind: 'LeaderWorkerSet', name: 'server' },
    },
  };
}

function pickerPod(): object {
  return {
    metadata: { labels: picker },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'picker',
          image: 'registry.example.internal/picker:v1.6.0',
          ports: [{ name: 'grpc', containerPort: 9002 }],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
