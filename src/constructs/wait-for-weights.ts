import type { IContainer } from 'kubernetes-models/v1';
import { containerSecurity } from '../kubernetes/security-context.js';
import { WAIT_SCRIPT } from './wait-script.js';

/** What a pod waits for before its program starts. */
export interface WaitForWeightsProps {
  /** Image with Python. */
  readonly image: string;
  /** Where the volume `weights` is mounted. */
  readonly mountPath: string;
  /** Folder below `mountPath` whose marker the pod waits for. */
  readonly folder: string;
  /** Longest wait for it. */
  readonly deadlineSeconds: number;
}

/** Init container that ends when the download has written its marker, and fails at its deadline. */
export function waitForWeights({ image, mountPath, folder, deadlineSeconds }: WaitForWeightsProps) {
  return {
    name: 'wait-for-weights',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['python3', '-c', WAIT_SCRIPT],
    args: [`${mountPath}/${folder}`, `${deadlineSeconds}`],
    // The image asks the container runtime for every GPU of the node; waiting needs none.
    env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }],
    resources: {
      requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '128Mi', 'ephemeral-storage': '64Mi' },
    },
    securityContext: containerSecurity(true),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: 'weights', mountPath, readOnly: true }],
  } satisfies IContainer;
}
