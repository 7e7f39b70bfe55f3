import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { disruptionBudget } from '../kubernetes/disruption-budget.js';
import type { Identity } from '../kubernetes/labels.js';
import { labels, selectorLabels } from '../kubernetes/labels.js';
import { withoutSurge } from '../kubernetes/rollout.js';
import { clusterService } from '../kubernetes/service.js';
import type { VllmPodProps } from './vllm-pod.js';
import { vllmPod } from './vllm-pod.js';

/** Properties for `VllmServer`. */
export interface VllmServerProps extends Omit<VllmPodProps, 'labels' | 'selector'> {
  readonly namespace: string;
  /** Name of the Deployment, the Service and the PodDisruptionBudget. Not `vllm`. */
  readonly name: string;
  /** Installation that the server belongs to, e.g. the selection's name. */
  readonly instance: string;
  /** Version of the engine, for a label. */
  readonly version: string;

  /**
   * Number of pods.
   *
   * @default - left to a scaler; the field is absent.
   */
  readonly replicas?: number;

  /**
   * How pods are replaced: one after the other without an extra one, or all at once where two pods cannot share a volume.
   *
   * @default 'rolling'
   */
  readonly rollout?: 'rolling' | 'recreate';

  /** Time without progress after which a rollout counts as failed; above download plus start-up budget. */
  readonly progressDeadlineSeconds: number;
}

/** A model behind an OpenAI-compatible endpoint: Deployment, Service and PodDisruptionBudget, one node per replica. */
export class VllmServer extends Construct {
  public readonly serviceName: string;
  /** Labels of the server's pods, for policies, monitors and affinities. */
  public readonly podLabels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: VllmServerProps) {
    super(scope, id);
    if (props.name === 'vllm') {
      throw new Error(
        "'name' must not be 'vllm': pods of the namespace would get VLLM_PORT=tcp://…, which the engine refuses",
      );
    }
    const { name, namespace } = props;
    const identity = serverIdentity(props.instance, name);
    const selector = selectorLabels(identity);
    const metadata = { name, namespace, labels: labels(identity, props.version) };

    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: props.replicas,
        revisionHistoryLimit: 3,
        minReadySeconds: 10,
        progressDeadlineSeconds: props.progressDeadlineSeconds,
        strategy: withoutSurge(props.rollout === 'recreate'),
        selector: { matchLabels: selector },
        template: vllmPod({ ...props, labels: metadata.labels, selector }),
      },
    } satisfies IDeployment);

    new ApiObject(this, 'service', clusterService(metadata, selector, [{ name: 'http', port: props.port }]));

    new ApiObject(this, 'disruption-budget', disruptionBudget(metadata, selector));

    this.serviceName = name;
    this.podLabels = selector;
  }
}

/** Identity of a vLLM server's pods. */
export function serverIdentity(instance: string, name: string): Identity {
  return { name: 'vllm', instance, component: name };
}
