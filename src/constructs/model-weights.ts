import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1';
import { KEEP } from '../kubernetes/annotations.js';
import { contentHash } from '../kubernetes/content-hash.js';
import { labels } from '../kubernetes/labels.js';
import type { DownloadPodProps } from './download-pod.js';
import { downloadPod } from './download-pod.js';
import { HOPELESS_EXIT_CODE } from './download-script.js';

/** Properties for `ModelWeights`. */
export interface ModelWeightsProps extends Omit<DownloadPodProps, 'labels'> {
  readonly namespace: string;
  /** Installation that the volume belongs to, e.g. the selection's name. */
  readonly instance: string;
  /** Size of the volume, GiB. */
  readonly sizeGib: number;

  /** @default - the cluster's default class. */
  readonly storageClass?: string;

  /** Whether pods on several nodes mount the volume: ReadWriteMany instead of ReadWriteOnce. */
  readonly shared: boolean;
  /** Prefix of the Job's name. */
  readonly jobName: string;

  /**
   * Last part of the Job's name, e.g. the first digits of the revision.
   *
   * @default - none.
   */
  readonly jobNameSuffix?: string;

  /** Longest time that the download may take, pending time included. */
  readonly deadlineSeconds: number;

  /**
   * Failed pods before the Job fails. Each resumes where the last one stopped.
   *
   * @default 6
   */
  readonly backoffLimit?: number;
}

/**
 * A volume with the weights of one model, and the Job that fills it once.
 *
 * The volume's name never changes and GitOps controllers do not prune it. The Job's name ends in a hash of its own spec,
 * because a Job's template cannot change: another model, revision or image is another Job, anything else the same one.
 */
export class ModelWeights extends Construct {
  public readonly claimName: string;
  public readonly jobName: string;

  constructor(scope: Construct, id: string, props: ModelWeightsProps) {
    super(scope, id);
    const { namespace, instance, claimName } = props;
    const objectLabels = labels({ name: 'weights', instance, component: claimName });

    new ApiObject(this, 'claim', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claimName, namespace, labels: objectLabels, annotations: { ...KEEP } },
      spec: {
        accessModes: [props.shared ? 'ReadWriteMany' : 'ReadWriteOnce'],
        storageClassName: props.storageClass,
        volumeMode: 'Filesystem',
        resources: { requests: { storage: `${props.sizeGib}Gi` } },
      },
    } satisfies IPersistentVolumeClaim);

    // No ttlSecondsAfterFinished: a GitOps controller would make a deleted Job again for ever.
    const spec = {
      backoffLimit: props.backoffLimit ?? 6,
      activeDeadlineSeconds: props.deadlineSeconds,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          {
            action: 'FailJob',
            onExitCodes: { containerName: 'download', operator: 'In', values: [HOPELESS_EXIT_CODE] },
          },
        ],
      },
      template: downloadPod({ ...props, labels: objectLabels }),
    } satisfies IJob['spec'];

    this.claimName = claimName;
    this.jobName = [props.jobName, contentHash(spec), props.jobNameSuffix]
      .filter((part) => part !== undefined)
      .join('-');

    new ApiObject(this, 'download', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: this.jobName, namespace, labels: objectLabels },
      spec,
    } satisfies IJob);
  }
}
