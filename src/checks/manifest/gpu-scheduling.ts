import { textMapAt } from '../../inspect/field.js';
import { isGpuResource } from '../../inspect/gpu-resource.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

const KARPENTER = 'karpenter.sh/do-not-disrupt';

export const gpuSchedulingChecks: readonly ManifestCheck[] = [
  {
    id: 'gpu/limits',
    title: 'GPUs stand in the limits',
    why: 'An extended resource is only handed in, and only shown by the GPU exporter, where it is a limit; requests alone are refused.',
    source: 'Kubernetes docs, schedule GPUs; dcgm-exporter#85',
    inputs: ['workloads'],
    traps: [43],
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        pod.containers.flatMap(({ name, requests, limits }) =>
          Object.entries({ ...requests, ...limits })
            .filter(([resource]) => isGpuResource(resource) && limits[resource] !== requests[resource])
            .map(([resource]) =>
              error(
                subject,
                `container ${name} asks for ${resource} without the same limit`,
                `set resources.limits["${resource}"]`,
              ),
            ),
        ),
      ),
  },
  {
    id: 'gpu/processor-limit',
    title: 'a GPU server gets no limit of processor time',
    why: 'A throttled API server delays every first token, while the GPU waits.',
    source: 'Kubernetes docs, CPU limits; Linux CFS bandwidth control',
    inputs: ['servers'],
    run: ({ servers }) =>
      servers
        .filter(({ workload, container }) => workload.pod.gpus > 0 && container.limits.cpu !== undefined)
        .map(({ subject, container }) =>
          warning(
            subject,
            `the limit of ${container.limits.cpu} cpu throttles the API server`,
            'keep the request and remove the limit',
          ),
        ),
  },
  {
    id: 'gpu/product-label',
    title: 'GPUs are chosen so that a suffix does not hide them',
    why: 'GPU feature discovery adds -SHARED or -MIG-… to the product when sharing is switched on: an exact nodeSelector then finds no node.',
    source: 'NVIDIA/k8s-device-plugin docs, GPU feature discovery 0.20',
    inputs: ['workloads'],
    traps: [62],
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        Object.entries(textMapAt(pod.spec, 'nodeSelector'))
          .filter(([key]) => key === 'nvidia.com/gpu.product')
          .map(([key, value]) =>
            warning(
              subject,
              `nodeSelector ${key}: ${value} matches this exact text only`,
              'use nodeAffinity with operator In and every product that will do, or nvidia.com/gpu.memory with Gt',
            ),
          ),
      ),
  },
  {
    id: 'gpu/consolidation',
    title: 'Karpenter does not move a loaded model',
    why: 'Consolidation ends pods to save a node; a model that takes minutes to load is gone for minutes.',
    source: 'Karpenter docs, disruption; LLMKube#658, LLMKube#660',
    inputs: ['workloads', 'objects'],
    traps: [45],
    run: ({ workloads, objects }) => {
      const pool = objects.some(({ apiVersion }) => apiVersion.startsWith('karpenter.'));
      return workloads
        .filter(({ pod, kind }) => pod.gpus > 0 && kind !== 'Job' && pod.annotations[KARPENTER] !== 'true')
        .map(({ subject, pod }) => {
          const runs = pool || Object.keys(pod.nodeLabels).some((label) => label.startsWith('karpenter.'));
          const found = warning(
            subject,
            'Karpenter may move the pod to save a node',
            `annotate the pod with ${KARPENTER}: "true"`,
          );
          // Elsewhere the annotation changes nothing: only where Karpenter shows is it missed.
          return runs
            ? found
            : {
                ...found,
                severity: 'info' as const,
                message: 'where Karpenter runs, it may move the pod to save a node',
              };
        });
    },
  },
  {
    id: 'gpu/quota',
    title: 'the most replicas fit into the quota of GPUs',
    why: 'Pods over the quota are never made, while the scaler believes that it has scaled.',
    source: 'Kubernetes docs, resource quotas; llm-d-autoscaling PR 1019',
    inputs: ['servers', 'objects'],
    traps: [48],
    run: ({ servers, objects }) =>
      objects
        .filter(({ kind }) => kind === 'ResourceQuota')
        .flatMap((quota) =>
          Object.entries(textMapAt(quota, 'spec', 'hard'))
            .filter(([name]) => name.startsWith('requests.') && isGpuResource(name.slice('requests.'.length)))
            .flatMap(([name, hard]) => {
              const resource = name.slice('requests.'.length);
              const own = servers.filter(
                ({ workload }) =>
                  workload.namespace === quota.metadata.namespace &&
                  workload.pod.gpuResources.includes(resource),
              );
              const most = own.reduce(
                (sum, { workload, maxReplicas }) => sum + workload.pod.gpus * maxReplicas,
                0,
              );
              if (most <= Number(hard)) return [];
              return [
                error(
                  `ResourceQuota/${quota.metadata.name}`,
                  `at the most replicas the servers take ${most} ${resource}, the quota is ${hard}`,
                  'lower maxReplicaCount, or raise the quota',
                ),
              ];
            }),
        ),
  },
];
