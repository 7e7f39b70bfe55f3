import type { Plan, ServerPlan } from '../../plan/plan.js';
import type { ResolvedSelection } from '../../selection/resolved.js';
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
export function onServers(test: (server: ServerPlan, planned: Planned) => readonly PlanFinding[]) {
  return (planned: Planned) => planned.plan.servers.flatMap((server) => test(server, planned));
}

/** Dotted key of the environment, as the user would write it. */
export function key({ resolved }: Planned, name: string): string {
  return `environments.${resolved.environment}.${name}`;
}

/** `12.3` for numbers of GiB that people read. */
export function gib(value: number): string {
  return value.toFixed(1);
}
