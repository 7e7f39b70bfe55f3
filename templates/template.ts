import type { Construct } from 'constructs';
import type { Plan } from '../src/plan/plan.js';
import type { ResolvedSelection } from '../src/selection/resolved.js';
import type { Scheme } from '../src/selection/scheme.js';

/**
 * The code that builds one scheme. A plain object; see design: the template contract. `name`, `section` and `needs` are
 * what reading a selection must know of it.
 */
export interface Template extends Scheme {
  /** One line for `berth list schemes` and the README. */
  readonly summary: string;
  /** Pure. Throws `UserError` with every problem where the selection cannot be planned at all. */
  readonly plan: (resolved: ResolvedSelection) => Plan;
  /** Adds the objects to the chart. No decisions left. */
  readonly build: (chart: Construct, plan: Plan) => void;
  /**
   * What other templates deploy for this one, in the order of `plan.parts`, so that the checks run on each part.
   *
   * @default - nothing
   */
  readonly parts?: (resolved: ResolvedSelection) => readonly Part[];
}

/** A part of a selection, and the template that plans and builds it. */
export interface Part {
  readonly template: Template;
  readonly resolved: ResolvedSelection;
}
