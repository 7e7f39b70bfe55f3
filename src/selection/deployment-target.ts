import type { NamedDeployment, Scheme } from './scheme.js';
import { SERVING_KEYS } from './scheme.js';
import type { Target } from './target.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * One deployment of a composed selection as if it stood alone: it has its own scheme's keys and what is served from its
 * map, and the rest (cluster, data, usage …) from the selection around it. Overrides, waivers and exposure stay outside.
 */
export function deploymentTarget(target: Target, { path }: NamedDeployment, scheme: Scheme): Target {
  const { loaded, section } = target;
  const inside = (values: Values): Values => {
    const found = path.reduce<unknown>((at, key) => (at as Values | null | undefined)?.[key], values);
    return (found ?? {}) as Values;
  };
  const around = (values: Values): Values => {
    const kept = { ...values };
    for (const key of [...Object.keys(loaded.scheme.section.shape), ...SERVING_KEYS, ...OUTSIDE])
      delete kept[key];
    return kept;
  };
  const overlaid = <T extends object>(values: T): T =>
    ({ ...around(values as Values), ...inside(values as Values) }) as T;
  const own = new Set<string>([...Object.keys(scheme.section.shape), ...SERVING_KEYS, 'scheme']);
  return {
    ...target,
    loaded: { ...loaded, scheme, selection: { ...overlaid(loaded.selection), scheme: scheme.name } },
    section: overlaid(section),
    placeOf: (keys) => target.placeOf(own.has(String(keys[0])) ? [...path, ...keys] : keys),
  };
}

const OUTSIDE = ['overrides', 'waivers', 'expose'];
