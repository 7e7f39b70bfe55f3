import type { KubernetesObject } from '../inspect/types.js';
import type { Plan } from '../plan/plan.js';
import { apply, beforeYouApply } from './before-you-apply.js';
import { findings, leftOut, successors } from './findings.js';
import { gateways, reachGateway } from './gateways.js';
import { imageTo3d } from './image-to-3d.js';
import { licence } from './licence.js';
import { licensed } from './licensed.js';
import { memory } from './memory.js';
import { reach } from './reach.js';
import { assumptions, objects, settings } from './settings.js';
import { whatRuns } from './what-runs.js';

/** PLAN.md of one environment: for people, from the same numbers as the manifests. Does not depend on the day. */
export function renderPlan(plan: Plan, manifests: readonly KubernetesObject[]): string {
  const parts = [
    `# ${plan.name}: ${plan.environment}`,
    `Scheme \`${plan.scheme}\`, made from \`${plan.selection}\`. Change that file, not these: this folder is written anew at every synth.`,
    whatRuns(plan),
    licensed(plan),
    imageTo3d(plan),
    gateways(plan),
    licence(plan),
    memory(plan),
    beforeYouApply(plan),
    apply(plan),
    reach(plan) ?? reachGateway(plan),
    findings(plan),
    leftOut(plan),
    successors(plan),
    objects(manifests),
    settings(plan),
    assumptions(plan),
  ];
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}
