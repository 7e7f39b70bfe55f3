import type { Template } from '../../templates/template.js';
import type { Finding } from '../checks/check.js';
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
  if (template === undefined) {
    const known = request.templates.map(({ name }) => name).join(', ');
    const message = `scheme ${resolved.scheme} has no template yet; there are: ${known}`;
    return { problems: [{ place: resolved.placeOf(['scheme']), message }] };
  }
  try {
    const plan = template.plan(resolved);
    const found = runChecks(request.checks.plan, { plan, resolved });
    return { resolved, template, plan, found, judgement: judge(found, resolved, request) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const place = resolved.placeOf(['environments', resolved.environment]);
    return { problems: error.problems.length > 0 ? error.problems : [{ place, message: error.summary }] };
  }
}
