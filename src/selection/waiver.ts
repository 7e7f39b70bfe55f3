import * as z from 'zod';

/** A finding that a person accepts for a reason until a day. */
export const Waiver = z.strictObject({
  check: z.string().min(1).describe('Id of the check, e.g. fit/kv-cache.'),
  reason: z.string().min(1).describe('Why the finding is acceptable here.'),
  by: z.string().min(1).describe('Who accepts it.'),
  until: z.iso.date().describe('Last day on which it holds, e.g. 2027-03-31.'),
});
export type Waiver = z.infer<typeof Waiver>;
