import type { Chart } from 'cdk8s';
import type { ZodType } from 'zod';
import type { Plan } from '../src/plan/plan.js';
import type { ResolvedSelection } from '../src/selection/resolved.js';

/** The code that builds one scheme. A plain object; see design: the template contract. */
export interface Template {
  /** Folder name, and the `scheme` of a selection. */
  readonly name: string;
  /** One line for `berth list schemes` and the README. */
  readonly summary: string;
  /** The scheme's own part of a selection; an empty strict object where it has none. */
  readonly section: ZodType;
  /** Pure. Throws `UserError` with every problem where the selection cannot be planned at all. */
  readonly plan: (resolved: ResolvedSelection) => Plan;
  /** Adds the objects to the chart. No decisions left. */
  readonly build: (chart: Chart, plan: Plan) => void;
}
