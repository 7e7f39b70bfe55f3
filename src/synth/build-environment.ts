import type { Catalog } from '../catalog/catalog.js';
import type { Finding } from '../checks/check.js';
import { runChecks } from '../checks/run.js';
import { applyWaivers } from '../checks/waivers.js';
import type { Problem } from '../error.js';
import { inspect } from '../inspect/inspect.js';
import type { KubernetesObject } from '../inspect/types.js';
import type { Plan } from '../plan/plan.js';
import { collector } from '../selection/collect.js';
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
  const failed = collector();
  const objects = failed.attempt(() => applyOverrides(built, resolved.overrides, resolved.placeOf)) ?? built;
  const inspected = inspect(objects, (version) => catalog.engine(version)?.table);
  const all = [...found, ...runChecks(request.checks.manifest, inspected)];
  const { findings, blocking } = judge(all, resolved, request);
  failed.add(blocking);
  const complete = { ...plan, findings: applyWaivers(all, resolved.waivers, undefined) };
  const output =
    failed.problems.length > 0 ? undefined : failed.attempt(() => environmentFiles(complete, objects));
  return { plan: complete, findings, objects, ...(output && { output }), problems: failed.problems };
}
