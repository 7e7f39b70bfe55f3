import * as z from 'zod';
import { mustBe } from './issue-message.js';

/** Ids are file names and, in selections, words that people type: lower case, digits, dots and dashes. */
export const Id = z
  .string()
  .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, mustBe("lower case letters, digits, '.' and '-'"));

/** A calendar day, `YYYY-MM-DD`; `YYYY-MM` and `YYYY` where the source gives no more. */
export const Day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, mustBe('a date such as 2026-11-25'));

/** What every entry of the catalogue says about its own facts. */
export const provenance = {
  /** Day on which the entry was last compared with its sources. */
  checked: Day,
  /** Where the facts come from; the key is a field of this entry or a word such as `licence`. */
  sources: z.record(z.string(), z.string()),
  notes: z.array(z.string()).default([]),
  /** Facts below that nobody has confirmed: never shown as fact. */
  notVerified: z.array(z.string()).default([]),
};
