import * as z from 'zod';
import { Day } from './facts.js';

/** What a million tokens of one model cost. A list price of its day: never taken where the user gives one. */
export const TokenPrice = z.strictObject({
  model: z.string().min(1),
  /** The vendor's word for the list, where prices differ between regions. */
  list: z.string().optional(),
  currency: z.enum(['USD', 'CNY']),
  unit: z.literal('1M tokens').default('1M tokens'),
  input: z.number().min(0),
  output: z.number().min(0),
  /** Input that was seen before. @default the price of input */
  cachedInput: z.number().min(0).optional(),
  /** Prices of the whole request where its input is longer. */
  longContext: z
    .strictObject({ aboveTokens: z.int().positive(), input: z.number(), output: z.number() })
    .optional(),
  /** Steps that have no place above, as the source words them. */
  tiers: z.string().optional(),
  /** First and last day on which it holds, where the source says so. */
  from: Day.optional(),
  until: Day.optional(),
  /** Day of the list; null where the source carries none. */
  date: Day.nullable(),
  source: z.string(),
  note: z.string().optional(),
});
export type TokenPrice = z.infer<typeof TokenPrice>;
