import { closedCloud } from './closed-cloud/template.js';
import { closedPrivate } from './closed-private/template.js';
import { hybrid } from './hybrid/template.js';
import { imageTo3d } from './image-to-3d/template.js';
import { openCloud } from './open-cloud/template.js';
import { openPrivate } from './open-private/template.js';
import type { Template } from './template.js';

/** Every scheme that has a template; a test proves that it names each folder here. */
export const templates: readonly Template[] = [
  openPrivate,
  openCloud,
  closedPrivate,
  closedCloud,
  hybrid,
  imageTo3d,
];
