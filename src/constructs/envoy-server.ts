import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IConfigMap } from 'kubernetes-models/v1';
import { why } from '../kubernetes/annotations.js';
import { disruptionBudget } from '../kubernetes/disruption-budget.js';
import { type Identity, labels, selectorLabels } from '../kubernetes/labels.js';
import { surgeFirst } from '../kubernetes/rollout.js';
import { clusterService } from '../kubernetes/service.js';
import { type EnvoyPodProps, envoyPod } from './envoy-pod.js';

/** Properties for `EnvoyServer`. */
export interface EnvoyServerProps extends Omit<EnvoyPodProps, 'labels' | 'selector' | 'configName'> {
  readonly namespace: string;
  /** Name of the Deployment, the Service, the ConfigMap and the PodDisruptionBudget. */
  readonly name: string;
  readonly identity: Identity;
  /** Version of the program, for a label. */
  readonly version: string;
  readonly replicas: number;
  /** What it is for, in words. */
  readonly why: string;

  /**
   * Further annotations of the Deployment.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An Envoy with the configuration that it is given: ConfigMap, Deployment, Service and PodDisruptionBudget. */
export class EnvoyServer extends Construct {
  constructor(scope: Construct, id: string, props: EnvoyServerProps) {
    super(scope, id);
    const { name, namespace, identity } = props;
    const selector = selectorLabels(identity);
    const metadata = { name, namespace, labels: labels(identity, props.version) };

    new ApiObject(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { ...props.files },
    } satisfies IConfigMap);

    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, annotations: { ...why(props.why), ...props.annotations } },
      spec: {
        ...surgeFirst(props.replicas, props.terminationGraceSeconds),
        selector: { matchLabels: selector },
        template: envoyPod({ ...props, configName: name, labels: metadata.labels, selector }),
      },
    } satisfies IDeployment);

    new ApiObject(this, 'service', clusterService(metadata, selector, props.ports));

    new ApiObject(this, 'disruption-budget', disruptionBudget(metadata, selector));
  }
}
