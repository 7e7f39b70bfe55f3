import { build } from '../open-private/build.js';
import type { Template } from '../template.js';
import { planOpenCloud } from './plan.js';
import { OpenCloudSection } from './section.js';

export const openCloud: Template = {
  name: 'open-cloud',
  summary:
    'an open model on GPU pools of a public cloud: its labels, disks, identities, and nodes that come and go',
  section: OpenCloudSection,
  needs: () => ({ serving: 'server' }),
  plan: planOpenCloud,
  build,
};
