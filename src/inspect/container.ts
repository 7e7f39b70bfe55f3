import { type Fields, fieldsAt, flagAt, listAt, numberAt, textAt, textsAt, valueAt } from './field.js';
import { type Image, parseImage } from './image.js';
import { type Probes, readProbes } from './probe.js';
import { parseQuantity } from './quantity.js';

/** One environment variable: a literal, or where it comes from. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly secret?: { readonly name: string; readonly key: string };
  readonly from?: 'secret' | 'configMap' | 'field' | 'resource';
}

export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
}

export interface ContainerPort {
  readonly name?: string;
  readonly number: number;
}

export interface Container {
  readonly name: string;
  readonly init: boolean;
  readonly image: Image;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly EnvironmentVariable[];
  readonly envFromSecrets: readonly string[];
  readonly ports: readonly ContainerPort[];
  readonly probes: Probes;
  readonly mounts: readonly Mount[];
  /** Kubernetes fills a missing request from the limit. */
  readonly requests: Readonly<Record<string, number>>;
  readonly limits: Readonly<Record<string, number>>;
  readonly securityContext: Fields;
  /** Seconds of `preStop.sleep`, or of a `sleep` command; undefined without a preStop hook. */
  readonly preStopSeconds?: number;
  readonly fields: Fields;
}

export function readContainer(container: unknown, init: boolean): Container {
  const limits = quantities(valueAt(container, 'resources', 'limits'));
  return {
    name: textAt(container, 'name') ?? '',
    init,
    image: parseImage(textAt(container, 'image') ?? ''),
    command: textsAt(container, 'command'),
    args: textsAt(container, 'args'),
    env: listAt(container, 'env').map(readVariable),
    envFromSecrets: listAt(container, 'envFrom').flatMap(
      (source) => textAt(source, 'secretRef', 'name') ?? [],
    ),
    ports: listAt(container, 'ports').map((port) => ({
      name: textAt(port, 'name'),
      number: numberAt(port, 'containerPort') ?? 0,
    })),
    probes: readProbes(container),
    mounts: listAt(container, 'volumeMounts').map((mount) => ({
      volume: textAt(mount, 'name') ?? '',
      path: (textAt(mount, 'mountPath') ?? '').replace(/(?<=.)\/+$/, ''),
      readOnly: flagAt(mount, 'readOnly') ?? false,
    })),
    requests: { ...limits, ...quantities(valueAt(container, 'resources', 'requests')) },
    limits,
    securityContext: fieldsAt(container, 'securityContext'),
    preStopSeconds: preStopSeconds(valueAt(container, 'lifecycle', 'preStop')),
    fields: fieldsAt(container),
  };
}

/** The literal value of a variable; undefined where it is unset or comes from elsewhere. */
export function environmentValue(container: Container, name: string): string | undefined {
  return container.env.find((variable) => variable.name === name)?.value;
}

function readVariable(variable: unknown): EnvironmentVariable {
  const from = fieldsAt(variable, 'valueFrom');
  const secret = from.secretKeyRef;
  return {
    name: textAt(variable, 'name') ?? '',
    value: textAt(variable, 'value'),
    secret: secret ? { name: textAt(secret, 'name') ?? '', key: textAt(secret, 'key') ?? '' } : undefined,
    from: secret
      ? 'secret'
      : from.configMapKeyRef
        ? 'configMap'
        : from.fieldRef
          ? 'field'
          : from.resourceFieldRef
            ? 'resource'
            : undefined,
  };
}

function quantities(resources: unknown): Record<string, number> {
  const entries = Object.entries(fieldsAt(resources)).map(
    ([name, quantity]) => [name, parseQuantity(quantity)] as const,
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

function preStopSeconds(preStop: unknown): number | undefined {
  if (preStop === undefined) return undefined;
  const native = numberAt(preStop, 'sleep', 'seconds');
  if (native !== undefined) return native;
  const command = textsAt(preStop, 'exec', 'command').join(' ');
  return Number(/\bsleep\s+(\d+)/.exec(command)?.[1] ?? 0);
}
