import { closedPrivate } from '../closed-private/template.js';
import { openPrivate } from '../open-private/template.js';
import type { Template } from '../template.js';

/** Schemes that may be the private side: what they deploy runs on machines of the company's own. */
export const PRIVATE_SCHEMES: readonly Template[] = [openPrivate, closedPrivate];
