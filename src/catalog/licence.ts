import * as z from 'zod';
import { Day, Id } from './facts.js';

/** One entry of profiles/licences/: the terms under which weights may be used. */
export const LicenceProfile = z.strictObject({
  id: Id,
  name: z.string(),
  /** SPDX expression. Null for licences that SPDX does not list. */
  spdx: z.string().nullable(),
  /** `LicenseRef-…` expression for bills of material where there is no SPDX id. */
  customRef: z.string().nullable(),
  /** `conditional`: allowed while the conditions hold; `unknown`: nobody has read the text. */
  commercialUse: z.enum(['yes', 'conditional', 'no', 'unknown']),
  /** In plain words, for people. */
  conditions: z.array(z.string()).default([]),
  /** Words that checks read, e.g. `mau_100m`, `eu_licensee_excluded`. */
  flags: z.array(z.string()).default([]),
  /** The text or the secondary source that was read. */
  source: z.string(),
  /** Whether the licence's own text was read: `yes` in full, `partly`, or `no`. */
  verified: z.enum(['yes', 'partly', 'no']),
  notes: z.array(z.string()).default([]),
  /** Day on which the entry was last compared with its source. */
  checked: Day,
});
export type LicenceProfile = z.infer<typeof LicenceProfile>;
