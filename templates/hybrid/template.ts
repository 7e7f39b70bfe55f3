import { Construct } from 'constructs';
import type { Plan } from '../../src/plan/plan.js';
import { buildClosedCloud } from '../closed-cloud/build.js';
import type { Template } from '../template.js';
import { hybridParts, planHybrid } from './plan.js';
import { DEPLOYED_SCHEMES } from './private-schemes.js';
import { HybridSection, hybridNeeds } from './section.js';

export const hybrid: Template = {
  name: 'hybrid',
  summary:
    'sensitive work on machines of your own, the rest by providers: two gateways apart, routes by data class',
  section: HybridSection,
  needs: hybridNeeds,
  plan: planHybrid,
  build,
  parts: hybridParts,
};

/** The entry, then each part as its own scheme builds it. */
function build(scope: Construct, plan: Plan): void {
  buildClosedCloud(scope, plan);
  for (const part of plan.parts) {
    const template = DEPLOYED_SCHEMES.find(({ name }) => name === part.scheme);
    const inner = new Construct(scope, part.namespace);
    if (template === undefined) buildClosedCloud(inner, part);
    else template.build(inner, part);
  }
}
