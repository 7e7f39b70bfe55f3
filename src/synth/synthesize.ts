import type { Finding } from '../checks/check.js';
import type { UserError } from '../error.js';
import type { KubernetesObject } from '../inspect/types.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import { buildEnvironment } from './build-environment.js';
import type { EnvironmentFiles } from './dist-changes.js';
import { type Failure, joinFailures } from './failure.js';
import { planEnvironment } from './plan-environment.js';
import type { SynthRequest } from './request.js';
import { findTargets } from './targets.js';

/** One environment as far as it came. */
export interface SynthesizedEnvironment {
  readonly resolved: ResolvedSelection;
  readonly plan: Plan;
  /** What the checks say on the day that was asked for. */
  readonly findings: readonly Finding[];
  /** Empty where it was not built, because the plan already shows that it cannot work. */
  readonly objects: readonly KubernetesObject[];
  /** Absent where something blocks. */
  readonly output?: EnvironmentFiles;
}

/** Everything that was asked for, in memory. */
export interface Synthesis {
  readonly environments: readonly SynthesizedEnvironment[];
  /** Every problem of every selection; absent where all is well. */
  readonly error?: UserError;
  /** True where each environment that was asked for is in `environments`, be it that something blocks it. */
  readonly allPlanned: boolean;
  /** True where `environments` is everything that the project deploys, and nothing failed. */
  readonly complete: boolean;
}

/**
 * Plans, checks and builds environments in memory; writes nothing. What can fail because of the user fails before the
 * first construct is built, overrides apart.
 */
export function synthesize(request: SynthRequest): Synthesis {
  const { resolved, failures, catalog, environmentsOf } = findTargets(request);
  const failed: Failure[] = [...failures];
  let unplanned = failures.length;
  const fail = ({ file, environment }: ResolvedSelection, problems: Failure['problems']) =>
    failed.push({ file, environment, environments: environmentsOf(file), problems });

  const planned = resolved.flatMap((one) => {
    request.onProgress?.(`planning ${one.name}/${one.environment}`);
    const result = planEnvironment(one, request);
    const problems = 'plan' in result ? result.judgement.blocking : result.problems;
    if (problems.length > 0) fail(one, problems);
    if ('plan' in result) return [result];
    unplanned += 1;
    return [];
  });
  const stop = failed.length > 0 && !request.keepGoing;

  const environments = planned.map((one): SynthesizedEnvironment => {
    if (stop || one.judgement.blocking.length > 0) {
      const { resolved, plan, found, judgement } = one;
      return { resolved, plan: { ...plan, findings: found }, findings: judgement.findings, objects: [] };
    }
    request.onProgress?.(`building ${one.resolved.name}/${one.resolved.environment}`);
    const { plan, findings, objects, output, problems } = buildEnvironment(one, request, catalog);
    if (problems.length > 0) fail(one.resolved, problems);
    return { resolved: one.resolved, plan, findings, objects, ...(output && { output }) };
  });
  request.onProgress?.('');
  const partial = request.files !== undefined || request.environment !== undefined;
  return {
    environments,
    ...(failed.length > 0 && { error: joinFailures(failed) }),
    allPlanned: unplanned === 0,
    complete: !partial && failed.length === 0,
  };
}
