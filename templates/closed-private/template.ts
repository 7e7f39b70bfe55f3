import type { Section } from '../../src/selection/scheme.js';
import type { Template } from '../template.js';
import { build } from './build.js';
import { planClosedPrivate } from './plan.js';
import { type ClosedPrivateSection, ClosedPrivateSection as section } from './section.js';

export const closedPrivate: Template = {
  name: 'closed-private',
  summary:
    'a licensed model on your own machines: the vendor’s container as it was delivered, or licensed weights in vLLM',
  section,
  needs: (own: Section) =>
    (own as ClosedPrivateSection).agreement === undefined
      ? {
          serving: 'nothing',
          instead: 'the container brings its model; for licensed weights in vLLM say agreement',
        }
      : { serving: 'server' },
  plan: planClosedPrivate,
  build,
};
