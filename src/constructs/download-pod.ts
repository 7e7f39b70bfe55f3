import type { IPodTemplateSpec } from 'kubernetes-models/v1';
import { DO_NOT_DISRUPT } from '../kubernetes/annotations.js';
import type { PodUser } from '../kubernetes/security-context.js';
import { containerSecurity, podSecurity, userEnvironment } from '../kubernetes/security-context.js';
import { tolerations } from '../kubernetes/tolerations.js';
import { DOWNLOAD_SCRIPT } from './download-script.js';

const TOKEN_FOLDER = '/var/run/secrets/berth/hub-token';

/** What is downloaded, from where, and by whom. */
export interface DownloadPodProps {
  readonly labels: Readonly<Record<string, string>>;
  /** Image with Python and the hub's client library: the engine's own. */
  readonly image: string;
  readonly user: PodUser;
  readonly serviceAccountName: string;

  /**
   * Secret by which nodes pull the image.
   *
   * @default - none.
   */
  readonly imagePullSecret?: string;

  readonly claimName: string;
  readonly mountPath: string;
  /** Folder below `mountPath`. */
  readonly folder: string;
  readonly hub: 'huggingface' | 'modelscope';
  readonly repository: string;
  readonly revision: string | null;
  /** Address in place of the hub's own. */
  readonly endpoint: string | null;
  readonly token: { readonly secretName: string; readonly key: string } | null;
  readonly exclude: readonly string[];
  readonly excludeBesideSafetensors: readonly string[];
  readonly tolerationKeys: readonly string[];
  /**
   * Further annotations and labels of the pod.
   *
   * @default - none.
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Labels of pods that the download must share its node with; null where the volume is reachable from every node. */
  readonly followPods: Readonly<Record<string, string>> | null;
}

/** Pod of the download Job. The only pod that ever writes to the volume, and the only one that needs the network. */
export function downloadPod(props: DownloadPodProps) {
  const { user, token, endpoint } = props;
  const tokenFile = token && `${TOKEN_FOLDER}/${token.key}`;
  return {
    metadata: {
      labels: { ...props.labels, ...props.podLabels },
      annotations: { ...DO_NOT_DISRUPT, ...props.podAnnotations },
    },
    spec: {
      // A failed pod stays with its log; the next one resumes from the volume.
      restartPolicy: 'Never',
      serviceAccountName: props.serviceAccountName,
      automountServiceAccountToken: false,
      ...(props.imagePullSecret !== undefined && { imagePullSecrets: [{ name: props.imagePullSecret }] }),
      enableServiceLinks: false,
      securityContext: podSecurity(user),
      tolerations: tolerations(props.tolerationKeys),
      affinity: props.followPods
        ? {
            podAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                {
                  topologyKey: 'kubernetes.io/hostname',
                  labelSelector: { matchLabels: { ...props.followPods } },
                },
              ],
            },
          }
        : undefined,
      containers: [
        {
          name: 'download',
          image: props.image,
          imagePullPolicy: 'IfNotPresent',
          command: ['python3', '-c', DOWNLOAD_SCRIPT],
          args: [
            `--hub=${props.hub}`,
            `--repository=${props.repository}`,
            ...(props.revision === null ? [] : [`--revision=${props.revision}`]),
            `--folder=${props.mountPath}/${props.folder}`,
            ...(tokenFile ? [`--token-file=${tokenFile}`] : []),
            ...patterns('--exclude', props.exclude),
            ...patterns('--exclude-beside-safetensors', props.excludeBesideSafetensors),
          ],
          env: [
            ...userEnvironment(user),
            { name: 'HF_HOME', value: `${user.home}/.cache/huggingface` },
            { name: 'HF_HUB_DISABLE_TELEMETRY', value: '1' },
            { name: 'HF_HUB_DISABLE_PROGRESS_BARS', value: '1' },
            { name: 'HF_HUB_DOWNLOAD_TIMEOUT', value: '60' },
            { name: 'DO_NOT_TRACK', value: '1' },
            ...(tokenFile && props.hub === 'huggingface'
              ? [{ name: 'HF_TOKEN_PATH', value: tokenFile }]
              : []),
            ...(endpoint === null
              ? []
              : [
                  { name: 'HF_ENDPOINT', value: endpoint },
                  // The chunk store's address comes from the hub's answer, not from the mirror: it would leave the network.
                  { name: 'HF_HUB_DISABLE_XET', value: '1' },
                ]),
            // The image asks the container runtime for every GPU of the node; this pod has none allotted.
            { name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' },
          ],
          resources: {
            requests: { cpu: '1', memory: '4Gi', 'ephemeral-storage': '2Gi' },
            limits: { memory: '8Gi', 'ephemeral-storage': '4Gi' },
          },
          securityContext: containerSecurity(true),
          terminationMessagePolicy: 'FallbackToLogsOnError',
          volumeMounts: [
            { name: 'weights', mountPath: props.mountPath },
            { name: 'home', mountPath: user.home },
            { name: 'tmp', mountPath: '/tmp' },
            ...(token ? [{ name: 'token', mountPath: TOKEN_FOLDER, readOnly: true }] : []),
          ],
        },
      ],
      volumes: [
        { name: 'weights', persistentVolumeClaim: { claimName: props.claimName } },
        { name: 'home', emptyDir: { sizeLimit: '2Gi' } },
        { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
        ...(token
          ? [
              {
                name: 'token',
                secret: {
                  secretName: token.secretName,
                  defaultMode: 0o440,
                  items: [{ key: token.key, path: token.key }],
                },
              },
            ]
          : []),
      ],
    },
  } satisfies IPodTemplateSpec;
}

function patterns(flag: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [flag, ...values];
}
