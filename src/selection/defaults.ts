import type { EngineTable } from '../catalog/engine.js';
import type { ModelProfile } from '../catalog/model.js';
import type { Layer } from './merge.js';
import type { Origin, Setting } from './resolved.js';

/** The newest minor of Kubernetes for which every custom resource has been tested. */
export const DEFAULT_KUBERNETES = '1.36';
/** Long answers and thinking models stream for minutes. */
export const DEFAULT_EXPOSE_TIMEOUT_SECONDS = 3600;
export const DEFAULT_SHUTDOWN_TIMEOUT_SECONDS = 300;
export const DEFAULT_PROMETHEUS_NAMESPACE = 'monitoring';
/** Free space on the weights volume, as a share of the files. */
const DEFAULT_HEADROOM = 0.3;

type Values = Readonly<Record<string, unknown>>;

/** Values for what nobody says and that has one sensible answer. */
export const fallbacks: Layer = {
  from: 'berth default',
  values: {
    cluster: { kubernetes: DEFAULT_KUBERNETES, capabilities: [] },
    expose: { mode: 'none' },
    strict: false,
    requireLocked: false,
  },
};

/**
 * The same for what is served.
 * @param said What selection, environment, profile and catalogue say together.
 */
export function servingFallbacks(
  said: Values,
  model: ModelProfile | undefined,
  engineVersion: string,
): Layer[] {
  const replicas = map(map(said.sizing).replicas);
  const min = replicas.min ?? 1;
  const max = replicas.max ?? Math.max(1, Number(min));
  return [
    {
      from: 'catalogue',
      detail: `suggested for ${model?.id}`,
      values: { sizing: { context: model?.context.suggested } },
    },
    {
      from: 'berth default',
      values: {
        sizing: { replicas: { min, max }, storage: { headroom: DEFAULT_HEADROOM } },
        engine: { version: engineVersion },
      },
    },
  ];
}

/** Defaults that take effect without being set: the engine's own, and those that the plan fills in. */
export function defaultsInEffect(effective: Values, table: EngineTable | undefined): Setting[] {
  const expose = map(effective.expose);
  const exposed = expose.mode !== 'none';
  const monitored = (map(effective.cluster).capabilities as string[]).includes('prometheus-operator');
  const settings: (Setting | false)[] = [
    exposed && berth('expose.timeoutSeconds', DEFAULT_EXPOSE_TIMEOUT_SECONDS),
    monitored && berth('cluster.prometheus.namespace', DEFAULT_PROMETHEUS_NAMESPACE),
    ...(table === undefined
      ? []
      : [berth('engine.shutdownTimeoutSeconds', DEFAULT_SHUTDOWN_TIMEOUT_SECONDS), ...engineDefaults(table)]),
  ];
  return settings.filter((setting) => setting !== false);
}

function engineDefaults(table: EngineTable): Setting[] {
  const flag = (name: string) => table.serve.flags.find((one) => one.name === name)?.default;
  const values = {
    gpuMemoryUtilization: table.defaults.gpu_memory_utilization,
    kvCacheDtype: flag('--kv-cache-dtype'),
    enforceEager: flag('--enforce-eager'),
  };
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === null
      ? []
      : [{ key: `engine.${key}`, value, ...origin('engine default', `vLLM ${table.version}`) }],
  );
}

function berth(key: string, value: unknown): Setting {
  return { key, value, from: 'berth default' };
}

function origin(from: Origin, detail: string) {
  return { from, detail };
}

function map(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>;
}
