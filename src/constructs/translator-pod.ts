import type { IPodTemplateSpec } from 'kubernetes-models/v1';
import { contentHash } from '../kubernetes/content-hash.js';
import { imageReference } from '../kubernetes/image.js';
import { containerSecurity, podSecurity } from '../kubernetes/security-context.js';
import { spreadOverNodes } from '../kubernetes/spread.js';
import type { TranslatorPlan } from '../plan/gateway/translator-plan.js';
import { keysVolume } from './key-files.js';

/** The ordinary user under which a build of the program was tried. */
const USER = { uid: 65532, gid: 65532 };
const CONFIG_FOLDER = '/config';
export const CONFIG_FILE = 'config.yaml';

export interface TranslatorPodProps {
  readonly translator: TranslatorPlan;
  readonly imagePullSecret?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  /** The configuration as it is written: pods are replaced when it changes. */
  readonly config: string;
}

/** Pod of a translator: nothing writable but /tmp, no token, Pod Security `restricted`. */
export function translatorPod(props: TranslatorPodProps) {
  const { translator, imagePullSecret, labels, selector, config } = props;
  const { name, image, port, readyPort, resources, keys, httpsProxy, lifecycle } = translator;
  const memory = `${resources.memoryMib}Mi`;
  const ready = { path: '/healthz/ready', port: 'ready', scheme: 'HTTP' } as const;
  return {
    metadata: { labels: { ...labels }, annotations: { 'berth.dev/config-hash': contentHash(config) } },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity(USER),
      terminationGracePeriodSeconds: lifecycle.terminationGraceSeconds,
      topologySpreadConstraints: spreadOverNodes(selector),
      ...(imagePullSecret !== undefined && { imagePullSecrets: [{ name: imagePullSecret }] }),
      containers: [
        {
          name: 'translator',
          image: imageReference(image),
          imagePullPolicy: 'IfNotPresent',
          args: ['-f', `${CONFIG_FOLDER}/${CONFIG_FILE}`],
          ...(httpsProxy !== null && { env: [{ name: 'HTTPS_PROXY', value: httpsProxy }] }),
          ports: [
            { name: 'http', containerPort: port },
            { name: 'ready', containerPort: readyPort },
          ],
          resources: {
            requests: { cpu: `${resources.cpuMillis}m`, memory, 'ephemeral-storage': '64Mi' },
            limits: { memory, 'ephemeral-storage': '256Mi' },
          },
          // None of these asks a provider: an answer costs money.
          startupProbe: { httpGet: { ...ready }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
          readinessProbe: { httpGet: { ...ready }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 },
          livenessProbe: {
            tcpSocket: { port: 'http' },
            periodSeconds: 10,
            timeoutSeconds: 5,
            failureThreshold: 6,
          },
          lifecycle: { preStop: { sleep: { seconds: lifecycle.preStopSeconds } } },
          securityContext: containerSecurity(true),
          terminationMessagePolicy: 'FallbackToLogsOnError',
          volumeMounts: [
            { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
            ...(keys.length > 0 ? [{ name: 'keys', mountPath: '/etc/llm-keys', readOnly: true }] : []),
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name } },
        { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
        ...(keys.length > 0
          ? [
              keysVolume(
                'keys',
                keys.map(({ file, secret }) => ({ file, ...secret })),
              ),
            ]
          : []),
      ],
    },
  } satisfies IPodTemplateSpec;
}
