import { series } from './queries.js';

/** Workload whose state kube-state-metrics exports, and whose pods the GPU exporter names. */
export interface WorkloadTarget {
  readonly namespace: string;
  readonly deployment: string;
  readonly container: string;
}

/** Replicas of a Deployment as kube-state-metrics exports them. */
export function deploymentReplicas(
  { namespace, deployment }: WorkloadTarget,
  what: 'spec_replicas' | 'status_replicas_available',
): string {
  return series(`kube_deployment_${what}`, { namespace, deployment });
}

/** Restarts of the server's containers since each pod began. */
export function containerRestarts({ namespace, deployment, container }: WorkloadTarget): string {
  return series('kube_pod_container_status_restarts_total', {
    namespace,
    container,
    pod: new RegExp(`${deployment}-.+`),
  });
}

/** The autoscaler that KEDA makes of a ScaledObject, which is named after its Deployment. */
export function autoscalerReplicas(
  { namespace, deployment }: WorkloadTarget,
  what: 'status_desired_replicas' | 'spec_max_replicas',
): string {
  return series(`kube_horizontalpodautoscaler_${what}`, {
    namespace,
    horizontalpodautoscaler: `keda-hpa-${deployment}`,
  });
}

/** What dcgm-exporter 4.8.2 exports without being told, as far as it is drawn. Source: its etc/default-counters.csv. */
export type GpuMetric =
  | 'DCGM_FI_DEV_GPU_UTIL'
  | 'DCGM_FI_PROF_PIPE_TENSOR_ACTIVE'
  | 'DCGM_FI_PROF_DRAM_ACTIVE'
  | 'DCGM_FI_DEV_FB_USED'
  | 'DCGM_FI_DEV_FB_FREE'
  | 'DCGM_FI_DEV_GPU_TEMP'
  | 'DCGM_FI_DEV_POWER_USAGE'
  | 'DCGM_FI_DEV_XID_ERRORS';

/** The GPUs of the server's pods: the exporter's own pod is the label `pod`, the workload's is `exported_pod`. */
export function gpu({ namespace, deployment }: WorkloadTarget, metric: GpuMetric): string {
  return series(metric, { exported_namespace: namespace, exported_pod: new RegExp(`${deployment}-.+`) });
}
