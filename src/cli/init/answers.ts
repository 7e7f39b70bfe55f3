import * as z from 'zod';
import { PRODUCTS } from '../../catalog/licence-terms.js';
import { CAPABILITIES } from '../../selection/cluster.js';

export const CLASSES = ['public', 'internal', 'sensitive', 'important', 'core'] as const;
export const AUDIENCES = ['internal', 'public-cn', 'public-other'] as const;
export const NEEDS = ['generic', 'exclusive', 'mixed'] as const;
export const SITES = ['office', 'server-room', 'data-centre'] as const;

/** Schemes that it can write. */
export const SCHEMES = ['open-private', 'closed-cloud'] as const;

const count = z.int().min(0);
const positive = z.int().min(1);

/** What `berth init` asks, by the words of `--answers`; a flag is the same word with dashes. */
export const Answers = z.strictObject({
  name: z
    .string()
    .max(40)
    .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/),
  country: z.string().regex(/^[A-Z]{2}$/),
  classification: z.enum(CLASSES),
  audience: z.enum(AUDIENCES),
  aiEngineers: count,
  scheme: z.enum(SCHEMES),
  need: z.enum(NEEDS),
  concurrentUsers: positive,
  accelerator: z.string().min(1),
  gpusPerNode: positive,
  nodes: positive,
  site: z.enum(SITES),
  encrypted: z.boolean(),
  model: z.string().min(1),
  monthlyActiveUsers: count,
  annualRevenueUsd: count,
  product: z.enum(PRODUCTS),
  personalInformation: z.boolean(),
  provider: z.string().min(1),
  providerModel: z.string().min(1),
  clientKeySha256: z.string().regex(/^[0-9a-f]{64}$/),
  capabilities: z.array(z.enum(CAPABILITIES)),
});
export type Answers = z.infer<typeof Answers>;
export type Key = keyof Answers;

/** What has been answered so far. */
export type Partly = Partial<Answers>;

/** `gpusPerNode` → `--gpus-per-node`. */
export function flagOf(key: Key): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
