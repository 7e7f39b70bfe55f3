import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Identity } from '../kubernetes/labels.js';
import { labels } from '../kubernetes/labels.js';

/** One number that the scaler divides by the replicas and holds against a threshold. */
export interface ScalingSignal {
  readonly name: string;
  /** PromQL with a single result: the sum over all replicas. */
  readonly query: string;
  /** Of the sum, per replica. */
  readonly threshold: number;
}

/** Properties for `Autoscaler`. */
export interface AutoscalerProps {
  readonly namespace: string;
  /** Name of the ScaledObject and of the Deployment that it scales. */
  readonly name: string;
  readonly identity: Identity;
  readonly minReplicas: number;
  /** At most what the cluster's accelerators can hold. */
  readonly maxReplicas: number;
  /** Address of Prometheus, e.g. `http://prometheus.monitoring:9090`. */
  readonly serverAddress: string;
  /** The largest answer counts. */
  readonly signals: readonly ScalingSignal[];
  readonly pollingSeconds: number;
  /** Only for the step from one replica to none; above the cold start. */
  readonly cooldownSeconds: number;
  readonly scaleUpStabilizationSeconds: number;
  /** One replica is added per period. External metrics do not discount replicas that still load. */
  readonly scaleUpPeriodSeconds: number;
  readonly scaleDownStabilizationSeconds: number;

  /**
   * One replica is taken away per period.
   *
   * @default 120
   */
  readonly scaleDownPeriodSeconds?: number;
  /** Replicas to keep while Prometheus does not answer, unless there are more already. */
  readonly fallbackReplicas: number;
}

/** Scales a Deployment by the engine's own queue. The Deployment must state no `replicas`, and have no other scaler. */
export class Autoscaler extends Construct {
  constructor(scope: Construct, id: string, props: AutoscalerProps) {
    super(scope, id);
    const { name, namespace } = props;
    new ApiObject(this, 'scaled-object', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name, namespace, labels: labels(props.identity) },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicaCount: props.minReplicas,
        maxReplicaCount: props.maxReplicas,
        pollingInterval: props.pollingSeconds,
        cooldownPeriod: props.cooldownSeconds,
        fallback: {
          failureThreshold: 3,
          replicas: props.fallbackReplicas,
          behavior: 'currentReplicasIfHigher',
        },
        advanced: {
          restoreToOriginalReplicaCount: false,
          horizontalPodAutoscalerConfig: {
            behavior: {
              scaleUp: {
                stabilizationWindowSeconds: props.scaleUpStabilizationSeconds,
                selectPolicy: 'Max',
                policies: [{ type: 'Pods', value: 1, periodSeconds: props.scaleUpPeriodSeconds }],
              },
              scaleDown: {
                stabilizationWindowSeconds: props.scaleDownStabilizationSeconds,
                selectPolicy: 'Max',
                policies: [{ type: 'Pods', value: 1, periodSeconds: props.scaleDownPeriodSeconds ?? 120 }],
              },
            },
          },
        },
        triggers: props.signals.map((signal) => ({
          type: 'prometheus',
          name: signal.name,
          // The query is a sum: AverageValue divides it by the replicas, Value would multiply by them.
          metricType: 'AverageValue' as const,
          metadata: {
            serverAddress: props.serverAddress,
            query: signal.query,
            threshold: `${signal.threshold}`,
            // A gap in the metrics is a failure, not an empty queue.
            ignoreNullValues: 'false',
          },
        })),
      },
    } satisfies IScaledObject);
  }
}
