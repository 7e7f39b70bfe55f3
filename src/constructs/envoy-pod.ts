import type { IPodTemplateSpec } from 'kubernetes-models/v1';
import { contentHash } from '../kubernetes/content-hash.js';
import { containerSecurity, podSecurity } from '../kubernetes/security-context.js';
import { spreadOverNodes } from '../kubernetes/spread.js';
import type { GatewayResources } from '../plan/gateway/gateway-plan.js';
import { meshLabels } from './istio-egress.js';
import { type KeyFile, keysVolume } from './key-files.js';

/** No user of the image: any number without rights will do, for nothing is written. */
const USER = { uid: 65532, gid: 65532, name: 'envoy', home: '/nonexistent' };

export interface EnvoyPodProps {
  readonly labels: Readonly<Record<string, string>>;
  /** True where a sidecar of Istio watches what it connects to. */
  readonly inMesh: boolean;
  readonly selector: Readonly<Record<string, string>>;
  readonly image: string;
  /** @default the registry asks for none */
  readonly imagePullSecret?: string | undefined;
  readonly serviceAccountName: string;
  /** ConfigMap with `envoy.yaml`, and its content: pods are replaced when it changes. */
  readonly configName: string;
  readonly files: Readonly<Record<string, string>>;
  /** Keys of providers; empty where it holds none. */
  readonly keys: readonly KeyFile[];
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly adminPort: number;
  readonly resources: GatewayResources;
  readonly preStopSeconds: number;
  readonly terminationGraceSeconds: number;
}

/** Pod of an Envoy: nothing writable, no token, Pod Security `restricted`. */
export function envoyPod(props: EnvoyPodProps) {
  const ready = { path: '/ready', port: 'admin', scheme: 'HTTP' } as const;
  const memory = `${props.resources.memoryMib}Mi`;
  return {
    metadata: {
      labels: { ...props.labels, ...meshLabels(props.inMesh) },
      annotations: { 'berth.dev/config-hash': contentHash(props.files) },
    },
    spec: {
      serviceAccountName: props.serviceAccountName,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity(USER),
      terminationGracePeriodSeconds: props.terminationGraceSeconds,
      topologySpreadConstraints: spreadOverNodes(props.selector),
      ...(props.imagePullSecret !== undefined && { imagePullSecrets: [{ name: props.imagePullSecret }] }),
      containers: [
        {
          name: 'envoy',
          image: props.image,
          imagePullPolicy: 'IfNotPresent',
          // Two programs on one node would fight for one region of shared memory without the last word.
          args: ['-c', '/etc/berth/envoy.yaml', '-l', 'warn', '--concurrency', '2', '--disable-hot-restart'],
          ports: [
            ...props.ports.map(({ name, port }) => ({ name, containerPort: port })),
            { name: 'admin', containerPort: props.adminPort },
          ],
          resources: {
            requests: { cpu: `${props.resources.cpuMillis}m`, memory, 'ephemeral-storage': '64Mi' },
            limits: { memory, 'ephemeral-storage': '256Mi' },
          },
          // None of these asks anybody behind the gateway: an answer of a provider costs money.
          startupProbe: { httpGet: { ...ready }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
          readinessProbe: { httpGet: { ...ready }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 },
          livenessProbe: {
            httpGet: { ...ready },
            periodSeconds: 10,
            timeoutSeconds: 5,
            failureThreshold: 6,
          },
          // Told to stop, the program cuts open streams at once: it is told when they have ended.
          lifecycle: { preStop: { sleep: { seconds: props.preStopSeconds } } },
          securityContext: containerSecurity(true),
          terminationMessagePolicy: 'FallbackToLogsOnError',
          volumeMounts: [
            { name: 'config', mountPath: '/etc/berth', readOnly: true },
            ...(props.keys.length > 0 ? [{ name: 'keys', mountPath: '/etc/llm-keys', readOnly: true }] : []),
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: props.configName } },
        ...(props.keys.length > 0 ? [keysVolume('keys', props.keys)] : []),
      ],
    },
  } satisfies IPodTemplateSpec;
}
