import type { Chart } from 'cdk8s';
import { templates } from '../../templates/registry.js';
import { UserError } from '../error.js';
import type { Plan } from '../plan/plan.js';

/**
 * Adds every object of a plan to a chart: namespace, accounts, network policies, weights, server, and what the cluster's
 * add-ons allow. Names and namespaces are the plan's own: two plans of one namespace do not fit into one chart.
 *
 * @throws UserError where the plan has overrides: those are applied by `berth synth`; in a chart, patch the objects.
 */
export function buildPlan(chart: Chart, plan: Plan): void {
  const template = templates.find(({ name }) => name === plan.scheme);
  if (template === undefined) throw new Error(`no template for scheme ${plan.scheme}`);
  if (plan.overrides.length > 0)
    throw new UserError(`${plan.name}/${plan.environment} cannot be built into a chart`, [
      {
        place: { file: plan.selection },
        message: `its ${plan.overrides.length} overrides change objects after they are built, which berth synth does`,
        fix: 'use berth synth, or take the overrides out and patch the objects with ApiObject.addJsonPatch',
      },
    ]);
  template.build(chart, plan);
}
