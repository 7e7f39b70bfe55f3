import { buildClosedCloud } from '../closed-cloud/build.js';
import { build } from '../open-private/build.js';
import type { Template } from '../template.js';
import { planOpenCloud } from './plan.js';
import { OpenCloudSection, openCloudNeeds } from './section.js';

export const openCloud: Template = {
  name: 'open-cloud',
  summary:
    'an open model on GPU pools of a public cloud: its labels, disks, identities, and nodes that come and go',
  section: OpenCloudSection,
  needs: openCloudNeeds,
  plan: planOpenCloud,
  build: (chart, plan) => (plan.gateways.length > 0 ? buildClosedCloud(chart, plan) : build(chart, plan)),
};
