import type { Template } from '../template.js';
import { buildClosedCloud } from './build.js';
import { planClosedCloud } from './plan.js';
import { ClosedCloudSection, closedCloudNeeds } from './section.js';

export const closedCloud: Template = {
  name: 'closed-cloud',
  summary: 'models of providers behind one gateway: keys, allowed models, limits, failover, a closed way out',
  section: ClosedCloudSection,
  needs: closedCloudNeeds,
  plan: planClosedCloud,
  build: buildClosedCloud,
};
