import type { Monitored } from './deployed.js';

/** Counters that dcgm-exporter 4.8.2 exports without being told. Source: its etc/default-counters.csv. */
const DCGM = [
  ...['SM_CLOCK', 'MEM_CLOCK', 'MEMORY_TEMP', 'GPU_TEMP', 'POWER_USAGE', 'TOTAL_ENERGY_CONSUMPTION'],
  ...['PCIE_REPLAY_COUNTER', 'GPU_UTIL', 'MEM_COPY_UTIL', 'XID_ERRORS', 'FB_FREE', 'FB_USED', 'FB_RESERVED'],
  ...[
    'NVLINK_BANDWIDTH_TOTAL',
    'UNCORRECTABLE_REMAPPED_ROWS',
    'CORRECTABLE_REMAPPED_ROWS',
    'ROW_REMAP_FAILURE',
  ],
]
  .map((name) => `DCGM_FI_DEV_${name}`)
  .concat(
    ['GR_ENGINE_ACTIVE', 'PIPE_TENSOR_ACTIVE', 'DRAM_ACTIVE', 'PCIE_TX_BYTES', 'PCIE_RX_BYTES'].map(
      (name) => `DCGM_FI_PROF_${name}`,
    ),
  );

/** Name of the server's pod, as a ReplicaSet would make it. */
export function podOf({ server }: Monitored): string {
  return `${server.name}-7d9c5b6f4-x2x9k`;
}

/** What kube-state-metrics says of each server, by the names and labels of its documentation. */
export function kubeState(environments: readonly Monitored[]): string {
  return environments
    .flatMap((environment) => {
      const { plan, server } = environment;
      const namespace = `namespace="${plan.namespace}"`;
      const deployment = `{${namespace},deployment="${server.name}"}`;
      const container = `{${namespace},pod="${podOf(environment)}",uid="u",container="server"}`;
      const autoscaler = `{${namespace},horizontalpodautoscaler="keda-hpa-${server.name}"}`;
      return [
        `kube_deployment_spec_replicas${deployment} 1`,
        `kube_deployment_status_replicas_available${deployment} 1`,
        `kube_pod_container_status_restarts_total${container} 0`,
        ...(server.scaling === null
          ? []
          : [
              `kube_horizontalpodautoscaler_status_desired_replicas${autoscaler} 1`,
              `kube_horizontalpodautoscaler_spec_max_replicas${autoscaler} ${server.replicas.max}`,
            ]),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}

/** What NVIDIA's exporter says of each server's cards: `pod` and `namespace` are the workload's until Prometheus scrapes. */
export function gpuExporter(environments: readonly Monitored[]): string {
  return environments
    .flatMap((environment) =>
      DCGM.map((name) => {
        const { plan } = environment;
        const card = `gpu="0",UUID="GPU-${plan.namespace}",device="nvidia0",modelName="NVIDIA",Hostname="node-1"`;
        const pod = `container="server",namespace="${plan.namespace}",pod="${podOf(environment)}"`;
        return `${name}{${card},${pod}} 1\n`;
      }),
    )
    .join('');
}
