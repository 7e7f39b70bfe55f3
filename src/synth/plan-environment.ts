import type { Template } from '../../templates/template.js';
import type { Finding } from '../checks/check.js';
import type { Planned } from '../checks/plan/planned.js';
import { runChecks } from '../checks/run.js';
import { UserError } from '../error.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import type { Failure } from './failure.js';
import { type Judgement, judge } from './judge.js';
import type { SynthRequest } from './request.js';

/** One environment with its decisions, before anything is built. */
export interface PlannedEnvironment {
  readonly resolved: ResolvedSelection;
  readonly template: Template;
  /** Without findings. */
  readonly plan: Plan;
  /** What the plan checks found, waivers not applied. */
  readonly found: readonly Finding[];
  readonly judgement: Judgement;
}

/** Decides everything about one environment and checks it. Pure. */
export function planEnvironment(
  resolved: ResolvedSelection,
  request: SynthRequest,
): PlannedEnvironment | Pick<Failure, 'problems'> {
  const template = request.templates.find(({ name }) => name === resolved.scheme);
  if (template === undefined) throw new Error(`no template of scheme ${resolved.scheme}`);
  try {
    const plan = template.plan(resolved);
    const found = distinct(
      plannedParts(template, { plan, resolved }).flatMap((part) => runChecks(request.checks.plan, part)),
    );
    return { resolved, template, plan, found, judgement: judge(found, resolved, request) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const place = resolved.placeOf(['environments', resolved.environment]);
    return { problems: error.problems.length > 0 ? error.problems : [{ place, message: error.summary }] };
  }
}

/** The plan with what it was made from, and the same for each part that another template plans. */
export function plannedParts(template: Template, planned: Planned): Planned[] {
  const parts = template.parts?.(planned.resolved) ?? [];
  return [
    planned,
    ...parts.flatMap((part, index) => {
      const plan = planned.plan.parts[index];
      if (plan === undefined) throw new Error(`scheme ${template.name} names a part that its plan lacks`);
      return plannedParts(part.template, { plan, resolved: part.resolved });
    }),
  ];
}

/** What is said of the cluster around them is said by every part. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
