import { closedPrivate } from '../closed-private/template.js';
import { imageTo3d } from '../image-to-3d/template.js';
import { openPrivate } from '../open-private/template.js';
import type { Template } from '../template.js';

/** Schemes that may be the private side: what they deploy runs on machines of the company's own, behind the private gateway. */
export const PRIVATE_SCHEMES: readonly Template[] = [openPrivate, closedPrivate];

/** Schemes that stand beside the gateways: what they deploy is no language model, and no chat gateway leads to it. */
const BESIDE_SCHEMES: readonly Template[] = [imageTo3d];

export const DEPLOYED_SCHEMES: readonly Template[] = [...PRIVATE_SCHEMES, ...BESIDE_SCHEMES];

export function standsBeside(scheme: string): boolean {
  return BESIDE_SCHEMES.some(({ name }) => name === scheme);
}
