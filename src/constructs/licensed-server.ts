import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1';
import { KEEP } from '../kubernetes/annotations.js';
import { disruptionBudget } from '../kubernetes/disruption-budget.js';
import { type Identity, labels, selectorLabels } from '../kubernetes/labels.js';
import { withoutSurge } from '../kubernetes/rollout.js';
import { clusterService } from '../kubernetes/service.js';
import type { LicensedPlan } from '../plan/licensed-plan.js';
import { licensedPod } from './licensed-pod.js';

/** Properties for `LicensedServer`. */
export interface LicensedServerProps {
  readonly namespace: string;
  /** Installation that the server belongs to, e.g. the selection's name. */
  readonly instance: string;
  readonly plan: LicensedPlan;
}

/** A licensed container: Deployment, Service, PodDisruptionBudget, and its volume. */
export class LicensedServer extends Construct {
  constructor(scope: Construct, id: string, { namespace, instance, plan }: LicensedServerProps) {
    super(scope, id);
    const { name, storage } = plan;
    const identity = licensedIdentity(instance, name);
    const selector = selectorLabels(identity);
    const metadata = { name, namespace, labels: labels(identity) };
    // Two pods cannot write one volume that is bound to a node.
    const recreate = storage !== null && !storage.shared;

    if (storage !== null) {
      new ApiObject(this, 'volume', {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { ...metadata, name: 'model', annotations: { ...KEEP } },
        spec: {
          accessModes: [storage.shared ? 'ReadWriteMany' : 'ReadWriteOnce'],
          ...(storage.storageClass !== null && { storageClassName: storage.storageClass }),
          resources: { requests: { storage: `${storage.sizeGib}Gi` } },
        },
      } satisfies IPersistentVolumeClaim);
    }

    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: plan.replicas,
        revisionHistoryLimit: 3,
        minReadySeconds: 10,
        progressDeadlineSeconds: plan.startupBudgetSeconds + 900,
        strategy: withoutSurge(recreate),
        selector: { matchLabels: selector },
        template: licensedPod(plan, metadata.labels, selector),
      },
    } satisfies IDeployment);

    new ApiObject(this, 'service', clusterService(metadata, selector, [{ name: 'http', port: plan.port }]));

    new ApiObject(this, 'disruption-budget', disruptionBudget(metadata, selector));
  }
}

/** Identity of a licensed container's pods. */
export function licensedIdentity(instance: string, name: string): Identity {
  return { name: 'licensed', instance, component: name };
}
