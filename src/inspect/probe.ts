import { fieldsAt, numberAt, textAt, valueAt } from './field.js';

/** A probe with Kubernetes' defaults filled in. */
export interface Probe {
  readonly kind: 'http' | 'tcp' | 'grpc' | 'exec' | 'none';
  readonly path?: string;
  /** Name or number. */
  readonly port?: string | number;
  /** @default 0 */
  readonly initialDelaySeconds: number;
  /** @default 10 */
  readonly periodSeconds: number;
  /** @default 1 */
  readonly timeoutSeconds: number;
  /** @default 3 */
  readonly failureThreshold: number;
  /** How long the probe may fail before the container is restarted or taken out. */
  readonly budgetSeconds: number;
}

export interface Probes {
  readonly startup?: Probe;
  readonly liveness?: Probe;
  readonly readiness?: Probe;
}

export function readProbes(container: unknown): Probes {
  return {
    startup: readProbe(valueAt(container, 'startupProbe')),
    liveness: readProbe(valueAt(container, 'livenessProbe')),
    readiness: readProbe(valueAt(container, 'readinessProbe')),
  };
}

function readProbe(probe: unknown): Probe | undefined {
  if (probe === undefined) return undefined;
  const fields = fieldsAt(probe);
  const kind = fields.httpGet
    ? 'http'
    : fields.tcpSocket
      ? 'tcp'
      : fields.grpc
        ? 'grpc'
        : fields.exec
          ? 'exec'
          : 'none';
  const port =
    valueAt(probe, 'httpGet', 'port') ??
    valueAt(probe, 'tcpSocket', 'port') ??
    valueAt(probe, 'grpc', 'port');
  const initialDelaySeconds = numberAt(probe, 'initialDelaySeconds') ?? 0;
  const periodSeconds = numberAt(probe, 'periodSeconds') ?? 10;
  const failureThreshold = numberAt(probe, 'failureThreshold') ?? 3;
  return {
    kind,
    path: textAt(probe, 'httpGet', 'path'),
    port: typeof port === 'string' || typeof port === 'number' ? port : undefined,
    initialDelaySeconds,
    periodSeconds,
    timeoutSeconds: numberAt(probe, 'timeoutSeconds') ?? 1,
    failureThreshold,
    budgetSeconds: initialDelaySeconds + periodSeconds * failureThreshold,
  };
}
