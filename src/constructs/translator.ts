import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IConfigMap } from 'kubernetes-models/v1';
import { why } from '../kubernetes/annotations.js';
import { disruptionBudget } from '../kubernetes/disruption-budget.js';
import { type Identity, labels, selectorLabels } from '../kubernetes/labels.js';
import { surgeFirst } from '../kubernetes/rollout.js';
import { clusterService } from '../kubernetes/service.js';
import type { TranslatorPlan } from '../plan/gateway/translator-plan.js';
import { yaml } from './envoy/bootstrap.js';
import { meshLabels } from './istio-egress.js';
import { CONFIG_FILE, translatorPod } from './translator-pod.js';

/** Properties for `Translator`. */
export interface TranslatorProps {
  readonly namespace: string;

  /** Installation that it belongs to, e.g. the selection's name. */
  readonly instance: string;
  readonly translator: TranslatorPlan;

  /**
   * Secret with access to the registry, in the namespace.
   *
   * @default - the registry asks for none
   */
  readonly imagePullSecret?: string;

  /**
   * True where a sidecar of Istio watches what it connects to.
   *
   * @default false
   */
  readonly inMesh?: boolean;
}

/** A program behind the gateway that turns the OpenAI format into that of providers: ConfigMap, Deployment, Service, budget. */
export class Translator extends Construct {
  constructor(scope: Construct, id: string, props: TranslatorProps) {
    super(scope, id);
    const { namespace, instance, translator, imagePullSecret, inMesh } = props;
    const { name, version, replicas, lifecycle, keys, proof, port } = translator;
    const identity = translatorIdentity(instance, name);
    const selector = selectorLabels(identity);
    const metadata = { name, namespace, labels: labels(identity, version) };
    const config = yaml(translator.config);
    const secrets = [...new Set(keys.map(({ secret }) => secret.secretName))];

    new ApiObject(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { [CONFIG_FILE]: config },
    } satisfies IConfigMap);

    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        ...metadata,
        annotations: {
          ...why(
            'turns the OpenAI format into that of providers; only the gateway reaches it, and it holds their keys',
          ),
          'berth.dev/proof': proof,
          // Keys are read once: where Reloader runs, it replaces the pods when one changes.
          ...(secrets.length > 0 && { 'secret.reloader.stakater.com/reload': secrets.join(',') }),
        },
      },
      spec: {
        ...surgeFirst(replicas, lifecycle.terminationGraceSeconds),
        selector: { matchLabels: selector },
        template: translatorPod({
          translator,
          imagePullSecret,
          labels: { ...metadata.labels, ...meshLabels(inMesh ?? false) },
          selector,
          config,
        }),
      },
    } satisfies IDeployment);

    new ApiObject(this, 'service', clusterService(metadata, selector, [{ name: 'http', port }]));

    new ApiObject(this, 'disruption-budget', disruptionBudget(metadata, selector));
  }
}

/** Identity of a translator's pods. */
export function translatorIdentity(instance: string, name: string): Identity {
  return { name: 'translator', instance, component: name };
}
