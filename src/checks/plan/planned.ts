import type { Plan, ServerPlan } from '../../plan/plan.js';
import type { ResolvedSelection, Serving } from '../../selection/resolved.js';
import { SERVING_KEYS } from '../../selection/scheme.js';
import type { Check, Finding } from '../check.js';

/** What a plan check reads: the plan, and the facts of the catalogue and the selection that it was made from. */
export interface Planned {
  readonly plan: Plan;
  readonly resolved: ResolvedSelection;
}
export type PlanCheck = Check<Planned>;

/** A finding before the runner adds the check's id. */
export type PlanFinding = Omit<Finding, 'check'>;

/** Runs a test on every served model of the plan. */
export function onServers(
  test: (server: ServerPlan, planned: Planned, serving: Serving) => readonly PlanFinding[],
) {
  return onServing((serving, planned) =>
    planned.plan.servers.flatMap((server) => test(server, planned, serving)),
  );
}

/** Runs a test where the selection serves a model itself; nothing else has the facts that it reads. */
export function onServing(test: (serving: Serving, planned: Planned) => readonly PlanFinding[]) {
  return (planned: Planned): readonly PlanFinding[] => {
    const { serving } = planned.resolved;
    return serving === null ? [] : test(serving, planned);
  };
}

/** Dotted key of the environment, as the user would write it. */
export function key({ resolved }: Planned, name: string): string {
  // What surrounds a part (cluster, expose …) is set outside it.
  const prefix = (SERVING_KEYS as readonly string[]).includes(name.split('.')[0] ?? '')
    ? resolved.keyPrefix
    : '';
  return `environments.${resolved.environment}.${prefix}${name}`;
}

/** `12.3` for numbers of GiB that people read. */
export function gib(value: number): string {
  return value.toFixed(1);
}
