import * as z from 'zod';
import type { Template } from '../template.js';
import { build } from './build.js';
import { planOpenPrivate } from './plan.js';

export const openPrivate: Template = {
  name: 'open-private',
  summary:
    'an open model on your own GPUs: vLLM, weights on a volume, autoscaling, monitoring, closed network',
  section: z.strictObject({}),
  needs: () => ({ serving: 'server' }),
  plan: planOpenPrivate,
  build,
};
