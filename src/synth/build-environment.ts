import type { Catalog } from '../catalog/catalog.js';
import type { Finding } from '../checks/check.js';
import { runChecks } from '../checks/run.js';
import { applyWaivers } from '../checks/waivers.js';
import { type Problem, UserError } from '../error.js';
import { inspect } from '../inspect/inspect.js';
import type { KubernetesObject } from '../inspect/types.js';
import type { Plan } from '../plan/plan.js';
import { buildObjects } from './build-objects.js';
import type { EnvironmentFiles } from './dist-changes.js';
import { environmentFiles } from './environment-files.js';
import { judge } from './judge.js';
import { applyOverrides } from './overrides.js';
import type { PlannedEnvironment } from './plan-environment.js';
import type { SynthRequest } from './request.js';

/** One environment, built and checked, in memory. */
export interface BuiltEnvironment {
  /** With every finding, as it is written: waivers count whatever the day. */
  readonly plan: Plan;
  /** As they stand on the day that was asked for. */
  readonly findings: readonly Finding[];
  readonly objects: readonly KubernetesObject[];
  /** Absent where a finding blocks. */
  readonly output?: EnvironmentFiles;
  readonly problems: readonly Problem[];
}

/** Builds the objects, applies the overrides, reads what came out and checks it. */
export function buildEnvironment(
  { resolved, template, plan, found }: PlannedEnvironment,
  request: SynthRequest,
  catalog: Catalog,
): BuiltEnvironment {
  const built = buildObjects(template, plan);
  let objects: readonly KubernetesObject[] = built;
  const problems: Problem[] = [];
  try {
    objects = applyOverrides(built, resolved.overrides, resolved.placeOf);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(...error.problems);
  }
  const inspected = inspect(objects, (version) => catalog.engine(version)?.table);
  const all = [...found, ...runChecks(request.checks.manifest, inspected)];
  const { findings, blocking } = judge(all, resolved, request);
  const complete = { ...plan, findings: applyWaivers(all, resolved.waivers, undefined) };
  const result = { plan: complete, findings, objects };
  if (problems.length + blocking.length > 0) return { ...result, problems: [...problems, ...blocking] };
  return { ...result, output: environmentFiles(complete, objects), problems: [] };
}
