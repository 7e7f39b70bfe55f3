import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseDocument } from 'yaml';
import { openCatalog } from '../../src/catalog/catalog.js';
import type { Finding } from '../../src/checks/check.js';
import { planChecks } from '../../src/checks/plan/all.js';
import { runChecks } from '../../src/checks/run.js';
import { type Problem, UserError } from '../../src/error.js';
import type { Plan } from '../../src/plan/plan.js';
import { collector } from '../../src/selection/collect.js';
import { loadSelection } from '../../src/selection/load.js';
import { loadLock } from '../../src/selection/lock.js';
import { resolveTarget } from '../../src/selection/resolve-target.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { targetsOf } from '../../src/selection/target.js';
import { templates } from '../../templates/registry.js';

const root = join(import.meta.dirname, '../..');
const catalog = openCatalog(root);

/** An environment with its plan, or what keeps it from having one. */
export type PlannedSelection =
  | { readonly plan: Plan; readonly resolved: ResolvedSelection; readonly findings: readonly Finding[] }
  | { readonly problems: readonly Problem[] };

/**
 * Plans one environment of selections/ with some keys changed.
 * @param changes Dotted keys of the environment; `context.max` stands for the most that its model takes.
 */
export function planSelection(
  selection: string,
  environment: string,
  changes: Readonly<Record<string, string>> = {},
): PlannedSelection {
  const folder = mkdtempSync(join(tmpdir(), 'berth-fault-'));
  try {
    const file = join(folder, `${selection}.yaml`);
    writeFileSync(file, changed(selection, environment, changes));
    return plan(file, environment);
  } catch (error) {
    if (error instanceof UserError) return { problems: problemsOf(error) };
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const asTheyAre = new Map<string, PlannedSelection>();

/** The same without changes. @throws where it has no plan: dist/ was made of it */
export function plannedAsItIs(selection: string, environment: string) {
  const id = `${selection}/${environment}`;
  const planned = asTheyAre.get(id) ?? planSelection(selection, environment);
  asTheyAre.set(id, planned);
  if ('problems' in planned)
    throw new Error(`${id}: ${planned.problems.map(({ message }) => message).join('; ')}`);
  return planned;
}

function changed(selection: string, environment: string, changes: Readonly<Record<string, string>>): string {
  const document = parseDocument(readFileSync(join(root, 'selections', `${selection}.yaml`), 'utf8'));
  for (const [key, value] of Object.entries(changes)) {
    const found =
      value === 'context.max' ? plannedAsItIs(selection, environment).resolved.model?.context.max : value;
    document.setIn(['environments', environment, ...key.split('.')], found);
  }
  return document.toString();
}

function plan(file: string, environment: string): PlannedSelection {
  const found = collector();
  const [target] = targetsOf(loadSelection(file, root, templates)).filter(
    (each) => each.environment === environment,
  );
  if (!target) throw new Error(`${basename(file)} has no environment ${environment}`);
  const resolved = found.attempt(() =>
    resolveTarget(target, { catalog, lock: loadLock(root), root, schemes: templates }, found),
  );
  if (resolved === undefined || found.problems.length > 0) return { problems: found.problems };
  const template = templates.find(({ name }) => name === resolved.scheme);
  if (!template) throw new Error(`no template of ${resolved.scheme}`);
  const decided = template.plan(resolved);
  return { plan: decided, resolved, findings: runChecks(planChecks, { plan: decided, resolved }) };
}

function problemsOf({ problems, summary }: UserError): readonly Problem[] {
  return problems.length > 0 ? problems : [{ message: summary }];
}
