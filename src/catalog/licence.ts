import * as z from 'zod';
import { Day, Id } from './facts.js';
import { Duty, Term } from './licence-terms.js';

/** One entry of profiles/licences/: the terms under which weights may be used. */
export const LicenceProfile = z.strictObject({
  id: Id,
  name: z.string(),
  /** SPDX expression. Null for licences that SPDX does not list. */
  spdx: z.string().nullable(),
  /** `LicenseRef-…` expression for bills of material where there is no SPDX id. */
  customRef: z.string().nullable(),
  /** `conditional`: allowed while the terms hold; `unknown`: nobody has read the text. */
  commercialUse: z.enum(['yes', 'conditional', 'no', 'unknown']),
  /** In plain words, for people. */
  conditions: z.array(z.string()).default([]),
  /** What a company and its use must be: where one of these fails there is no right to use the weights. */
  terms: z.array(Term).default([]),
  /** What whoever uses the weights must do. */
  duties: z.array(Duty).default([]),
  /** What of the text nobody has read, where that may hold a term: the licence is then never simply allowed. */
  unread: z.string().optional(),
  /** Repositories under it that have no entry in models/, and what is to be known about them. */
  repositories: z
    .array(
      z.strictObject({
        id: z.string(),
        note: z.string().optional(),
        /** Scheme that runs it, where it is no language model. */
        scheme: Id.optional(),
      }),
    )
    .default([]),
  /** The text or the secondary source that was read. */
  source: z.string(),
  /** Whether the licence's own text was read: `yes` in full, `partly`, or `no`. */
  verified: z.enum(['yes', 'partly', 'no']),
  notes: z.array(z.string()).default([]),
  /** Day on which the entry was last compared with its source. */
  checked: Day,
});
export type LicenceProfile = z.infer<typeof LicenceProfile>;
