import * as z from 'zod';
import { Day, Id } from './facts.js';
import { TokenPrice } from './token-price.js';

/** A file of list prices that somebody hands to the catalogue. */
export const PriceList = z.strictObject({
  provider: Id,
  /** Day on which the provider's whole entry was looked at. @default - only its prices were */
  checked: Day.optional(),
  /** A price without a day cannot be told from an older one. */
  prices: z.array(TokenPrice.extend({ date: Day })).min(1),
});
