import { templates } from '../../templates/registry.js';
import { type Catalog, openCatalog } from '../catalog/catalog.js';
import { manifestChecks } from '../checks/manifest/all.js';
import { planChecks } from '../checks/plan/all.js';
import { UserError } from '../error.js';
import type { Plan } from '../plan/plan.js';
import { collector } from '../selection/collect.js';
import type { LoadedSelection } from '../selection/load.js';
import { loadLock } from '../selection/lock.js';
import { findProjectRoot } from '../selection/project.js';
import { resolveTarget } from '../selection/resolve-target.js';
import { type Target, targetsOf } from '../selection/target.js';
import { planEnvironment } from '../synth/plan-environment.js';
import { type PlanOptions, selectionOf } from './plan-options.js';

/** How a plan is made. */
export interface CreatePlanSettings {
  /**
   * Environment of a selection's file.
   *
   * @default - its only one; with several, naming none is an error
   */
  readonly environment?: string;

  /**
   * Folder whose profiles/, clusters/ and berth.lock.yaml are read beside the package's catalogue.
   *
   * @default - the nearest folder with a cdk8s.yaml, from the current one upwards, else the current one
   */
  readonly projectRoot?: string;

  /**
   * Where ids are looked up; worth giving where many plans are made.
   *
   * @default - opened at `projectRoot`
   */
  readonly catalog?: Catalog;

  /**
   * Day on which waivers are judged, `YYYY-MM-DD`.
   *
   * @default - today in UTC
   */
  readonly asOf?: string;

  /**
   * Give the plan back although a finding blocks it; `plan.findings` says which. What cannot be planned at all throws.
   *
   * @default false
   */
  readonly evenIfBlocked?: boolean;
}

/**
 * All decisions and numbers of one environment, checked: sizing, engine arguments, resources, storage, scaling. Pure but
 * for reading files; nothing is written, nothing is downloaded.
 *
 * @param from A selection that was loaded from a file, or one environment as plain options.
 * @returns the plan with its findings: plain JSON, for `buildPlan`, `vllmServerProps` or one's own code.
 * @throws UserError with every problem: unknown ids with the nearest ones, what does not fit with what would, what a
 * check blocks with its remedy.
 */
export function createPlan(from: PlanOptions | LoadedSelection, settings: CreatePlanSettings = {}): Plan {
  const root = settings.projectRoot ?? findProjectRoot(process.cwd()) ?? process.cwd();
  const loaded = 'yaml' in from ? from : selectionOf(from);
  const target = chooseTarget(loaded, settings.environment);
  const found = collector();
  const catalog = settings.catalog ?? openCatalog(root);
  const sources = { catalog, lock: loadLock(root), root, schemes: templates };
  const resolved = found.attempt(() => resolveTarget(target, sources, found));
  const summary = `${loaded.selection.name}/${target.environment} cannot be deployed`;
  if (resolved === undefined || found.problems.length > 0) throw new UserError(summary, found.problems);

  const asOf = settings.asOf ?? new Date().toISOString().slice(0, 10);
  const checks = { plan: planChecks, manifest: manifestChecks };
  const planned = planEnvironment(resolved, { root, asOf, templates, checks });
  if (!('plan' in planned)) throw new UserError(summary, planned.problems);
  const { plan, judgement } = planned;
  if (judgement.blocking.length > 0 && !settings.evenIfBlocked)
    throw new UserError(summary, judgement.blocking);
  return { ...plan, findings: judgement.findings };
}

function chooseTarget(loaded: LoadedSelection, environment: string | undefined): Target {
  const targets = targetsOf(loaded);
  const [only] = targets;
  if (environment === undefined && targets.length === 1 && only !== undefined) return only;
  const target = targets.find((one) => one.environment === environment);
  if (target !== undefined) return target;
  const there = targets.map((one) => one.environment).join(', ');
  const message =
    environment === undefined
      ? `the selection has several environments: ${there}`
      : `no environment '${environment}'; there are: ${there}`;
  const fix = `createPlan(selection, { environment: '${only?.environment}' })`;
  throw new UserError('no such environment', [{ place: { file: loaded.file }, message, fix }]);
}
