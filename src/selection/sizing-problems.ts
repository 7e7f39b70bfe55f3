import type { Catalog } from '../catalog/catalog.js';
import type { Problem } from '../error.js';
import type { Target } from './target.js';

/** What has no sensible default: how much hardware one replica gets, and how much work. */
const REQUIRED = ['accelerator', 'gpusPerReplica', 'concurrency'] as const;

/** The profile that is named, and whether it was found. */
interface Known {
  readonly profile: string | undefined;
  readonly profileFound: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * What is missing or contradictory in the sizing.
 * @param values What all layers say together.
 */
export function sizingProblems(values: Values, target: Target, catalog: Catalog, known: Known): Problem[] {
  const sizing = values.sizing as Values;
  const accelerator = sizing.accelerator ?? (values.cluster as Values).accelerator;
  return [
    ...(known.profile !== undefined && !known.profileFound
      ? []
      : missing({ ...sizing, accelerator }, target, catalog, known.profile)),
    ...replicaRange(sizing, target),
  ];
}

function missing(sizing: Values, target: Target, catalog: Catalog, profile: string | undefined): Problem[] {
  const keys = REQUIRED.filter((key) => sizing[key] === undefined).map((key) => `sizing.${key}`);
  if (keys.length === 0) return [];
  const all = keys.join(', ').replace('sizing.accelerator', 'sizing.accelerator (or cluster.accelerator)');
  const verb = keys.length > 1 ? 'are' : 'is';
  const message =
    profile === undefined
      ? `environment ${target.environment} has no profile, and ${all} ${verb} not set`
      : `environment ${target.environment} takes ${all} from profile ${profile} away and sets nothing instead`;
  const profiles = `set profile: to one of: ${catalog.ids('sizing').join(', ')}`;
  const fix = profile === undefined ? [profiles, `or set ${all} yourself`] : `set ${all}`;
  return [{ place: target.placeOf(['environments', target.environment]), message, fix }];
}

function replicaRange({ replicas }: Values, target: Target): Problem[] {
  const { min, max } = replicas as { min: number; max: number };
  if (min <= max) return [];
  const message = `sizing.replicas: min ${min} is more than max ${max}`;
  return [{ place: target.placeOf(['sizing', 'replicas']), message, fix: `set max: to ${min} or more` }];
}
