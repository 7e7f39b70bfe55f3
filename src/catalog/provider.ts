import * as z from 'zod';
import { Day, Id, provenance } from './facts.js';
import { mustBe } from './issue-message.js';
import { TokenPrice } from './token-price.js';

/** Languages that endpoints speak. */
export const WIRES = [
  'openai',
  'anthropic',
  'gemini',
  'azure-openai',
  'bedrock',
  'vertex',
  'watsonx',
] as const;

/** Under whose law the answer is made: a country, `EU`, or what the customer or nobody decides. */
export const JURISDICTIONS = [
  'CN',
  'HK',
  'SG',
  'US',
  'EU',
  'AU',
  'IN',
  'JP',
  'AE',
  'by-region',
  'global',
] as const;

const Host = z
  .string()
  .regex(/^[a-z0-9{*][-a-z0-9.{}*]*$/, mustBe('a host name without scheme and path, e.g. api.openai.com'));

/** Parts in braces are the customer's: `{region}`, `{resource}`, `{workspace}`. */
const Endpoint = z.strictObject({
  host: Host,
  basePath: z.string().regex(/^(\/[^\s]*)?$/, mustBe("a path such as '/v1', or empty")),
  wire: z.enum(WIRES),
  /** Header that carries the key, and what stands before it. */
  credential: z
    .strictObject({ header: z.string(), prefix: z.string() })
    .default({ header: 'Authorization', prefix: 'Bearer ' }),
  /** Null where no source says. */
  jurisdiction: z.enum(JURISDICTIONS).nullable(),
  /** The vendor's word for where it stands. */
  region: z.string().nullable().default(null),
  /** True where no vendor's page was read for it. */
  notVerified: z.boolean().default(false),
  note: z.string().optional(),
});

const Model = z.strictObject({
  id: z.string().min(1),
  /** Day on which the id was last seen to be offered. */
  seen: Day,
  source: z.string(),
  /** Catalogue id of the open model behind it. */
  open: Id.optional(),
  note: z.string().optional(),
});

/** What is over: using it fails, or will. `*` at the end of an id stands for any rest. */
const Retired = z.strictObject({
  /** Null where the source names no day. */
  ended: Day.nullable(),
  /** What took its place; null where nothing did or no source says. */
  successor: z.string().nullable(),
  source: z.string(),
  note: z.string().optional(),
});

/** One entry of profiles/providers/: a cloud that answers requests itself. */
export const ProviderProfile = z.strictObject({
  id: Id,
  name: z.string(),
  vendor: z.string(),
  /** The usual one first. */
  endpoints: z.array(Endpoint).min(1),
  /** Further hosts that signing in needs. */
  authHosts: z.array(z.union([Host, z.string().regex(/^\d+\.\d+\.\d+\.\d+$/)])).default([]),
  /** Names of environment variables under which programs look for the key, the usual one first. */
  keyVariables: z.array(z.string()),
  /** Header that every request must carry, beside the key. */
  headers: z.array(z.string()).default([]),
  models: z.array(Model),
  /** What ids mean that are no ids of models: the customer's deployment names and the like. */
  modelIds: z.string().optional(),
  retired: z.strictObject({
    models: z.array(z.strictObject({ id: z.string().min(1), ...Retired.shape })),
    hosts: z.array(z.strictObject({ host: Host, ...Retired.shape })),
  }),
  prices: z.array(TokenPrice),
  /** What the place of processing depends on, and where it is less than it seems. */
  residency: z.array(z.string()).default([]),
  ...provenance,
});
export type ProviderProfile = z.infer<typeof ProviderProfile>;
