import type { IService } from 'kubernetes-models/v1';

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** A Service inside the cluster, each port under the name that the container gives it. */
export function clusterService(
  metadata: Metadata,
  selector: Record<string, string>,
  ports: readonly { readonly name: string; readonly port: number }[],
) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: 'ClusterIP',
      selector,
      ports: ports.map(({ name, port }) => ({ name, port, targetPort: name, protocol: 'TCP' })),
    },
  } satisfies IService;
}
