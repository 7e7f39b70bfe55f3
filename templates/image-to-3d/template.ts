import type { Template } from '../template.js';
import { build } from './build.js';
import { planImageTo3d } from './plan.js';
import { ImageTo3dSection } from './section.js';

export const imageTo3d: Template = {
  name: 'image-to-3d',
  summary:
    'an object from another side, from one picture: stable-zero123 in ComfyUI, or as a batch; no language model',
  section: ImageTo3dSection,
  needs: () => ({ serving: 'nothing', instead: 'this scheme serves stable-zero123: name it by variant' }),
  plan: planImageTo3d,
  build,
};
