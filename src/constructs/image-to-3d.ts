import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import { contentHash } from '../kubernetes/content-hash.js';
import { disruptionBudget } from '../kubernetes/disruption-budget.js';
import { type Identity, labels, selectorLabels } from '../kubernetes/labels.js';
import { withoutSurge } from '../kubernetes/rollout.js';
import { clusterService } from '../kubernetes/service.js';
import type { ImageTo3dPlan } from '../plan/image-to-3d-plan.js';
import { imageTo3dPod } from './image-to-3d-pod.js';

/** A batch is tried again once: a second failure is the pictures' or the settings'. */
const BATCH_RETRIES = 1;

/** Properties for `ImageTo3d`. */
export interface ImageTo3dProps {
  readonly namespace: string;
  /** Installation that the program belongs to, e.g. the selection's name. */
  readonly instance: string;
  readonly plan: ImageTo3dPlan;
}

/** The program: ComfyUI as Deployment and Service, or a batch as a Job. */
export class ImageTo3d extends Construct {
  constructor(scope: Construct, id: string, { namespace, instance, plan }: ImageTo3dProps) {
    super(scope, id);
    const identity = imageTo3dIdentity(instance);
    const selector = selectorLabels(identity);
    const metadata = { name: 'views', namespace, labels: labels(identity) };
    const template = imageTo3dPod(plan, metadata.labels, selector);

    if (plan.run === 'job') {
      const spec = {
        backoffLimit: BATCH_RETRIES,
        activeDeadlineSeconds: plan.deadlineSeconds ?? undefined,
        template,
      } satisfies IJob['spec'];
      new ApiObject(this, 'batch', {
        apiVersion: 'batch/v1',
        kind: 'Job',
        // A Job's template cannot change: another command or image is another Job.
        metadata: { ...metadata, name: `views-${contentHash(spec)}` },
        spec,
      } satisfies IJob);
      return;
    }

    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: plan.replicas,
        revisionHistoryLimit: 3,
        minReadySeconds: 10,
        progressDeadlineSeconds: 5400,
        strategy: withoutSurge(!plan.checkpoint.shared),
        selector: { matchLabels: selector },
        template,
      },
    } satisfies IDeployment);

    new ApiObject(this, 'service', clusterService(metadata, selector, [{ name: 'http', port: plan.port }]));

    new ApiObject(this, 'disruption-budget', disruptionBudget(metadata, selector));
  }
}

/** Identity of the program's pods. */
export function imageTo3dIdentity(instance: string): Identity {
  return { name: 'image-to-3d', instance, component: 'views' };
}
