import * as z from 'zod';
import { Id } from '../catalog/facts.js';
import { ModelProfile, Precision } from '../catalog/model.js';
import { SizingFields } from '../catalog/sizing-profile.js';
import { Cluster } from './cluster.js';
import { EngineSettings } from './engine-settings.js';
import { Expose } from './expose.js';
import { Override, Waiver } from './override.js';
import { Secret } from './secret.js';

export const SCHEMES = ['open-private', 'open-cloud', 'closed-private', 'closed-cloud', 'hybrid'] as const;

/** A DNS label short enough for `<name>-<environment>` to stay one. */
const Name = z.string().max(40).regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, {
  error: ({ input }) => `must be lower case letters, digits and '-', starting with a letter, got '${input}'`,
});

/** Where the weights come from. */
const Weights = z.strictObject({
  source: z.enum(['huggingface', 'mirror', 'modelscope']).optional(),
  /** Address of a Hugging Face mirror. */
  endpoint: z.url().optional(),
  /** Token for gated repositories. */
  token: Secret.optional(),
  /** Commit of the repository, 40 hex digits; else from berth.lock.yaml. */
  revision: z.string().regex(/^[0-9a-f]{40}$/, { error: ({ input }) => `must be a commit of 40 hex digits, got '${input}'` }).optional(),
});

/** Keys that a selection and each of its environments may set; the environment wins, maps merge, lists replace, null removes. */
const shared = {
  model: z.union([Id, z.string().regex(/^[^/\s]+\/[^/\s]+$/), ModelProfile]).optional(),
  precision: Precision.optional(),
  profile: Id.optional(),
  sizing: z.strictObject(SizingFields).partial().optional(),
  engine: EngineSettings.optional(),
  weights: Weights.optional(),
  cluster: z.union([Id, Cluster]).optional(),
  expose: Expose.optional(),
  overrides: z.array(Override).optional(),
  waivers: z.array(Waiver).optional(),
  strict: z.boolean().optional(),
  requireLocked: z.boolean().optional(),
};

export const EnvironmentSection = z.strictObject({ ...shared, namespace: Name.max(63).optional() });
export type EnvironmentSection = z.infer<typeof EnvironmentSection>;

/** The user's file. Unknown keys are mistakes. */
export const Selection = z.strictObject({
  version: z.literal(1, { error: ({ input }) => `must be 1, got '${input}'` }),
  name: Name,
  scheme: z.enum(SCHEMES, { error: ({ input }) => `no scheme '${input}', expected one of: ${SCHEMES.join(', ')}` }),
  ...shared,
  organization: z
    .strictObject({
      size: z.enum(['sme', 'mid', 'large']).optional(),
      headcount: z.int().min(1).optional(),
      aiEngineers: z.int().min(0).optional(),
      opsEngineers: z.int().min(0).optional(),
      /** ISO 3166 alpha-2: principal place of business. */
      country: z.string().regex(/^[A-Z]{2}$/, { error: ({ input }) => `must be a country code such as CN, got '${input}'` }).optional(),
      industry: z.string().optional(),
      regulated: z.boolean().optional(),
      monthlyActiveUsers: z.int().min(0).optional(),
    })
    .optional(),
  data: z
    .strictObject({
      classification: z.enum(['public', 'internal', 'sensitive', 'important', 'core']).optional(),
      personalInformation: z.boolean().optional(),
      residency: z.string().optional(),
    })
    .optional(),
  usage: z
    .strictObject({
      audience: z.enum(['internal', 'public-cn', 'public-other']).optional(),
      need: z.enum(['generic', 'exclusive', 'mixed']).optional(),
      concurrentUsers: z.int().min(1).optional(),
      callsPerMonth: z.int().min(0).optional(),
      inputTokens: z.int().min(1).optional(),
      outputTokens: z.int().min(1).optional(),
      fluctuating: z.boolean().optional(),
      needsFineTuning: z.boolean().optional(),
      deadlineDays: z.int().min(1).optional(),
      edge: z.boolean().optional(),
      latencyStrict: z.boolean().optional(),
      needsFrontierQuality: z.boolean().optional(),
      longTerm: z.boolean().optional(),
    })
    .optional(),
  vendor: z.strictObject({ responseHours: z.number().optional(), uptime: z.number().optional(), exitClause: z.boolean().optional() }).optional(),
  budget: z.strictObject({ currency: z.string().regex(/^[A-Z]{3}$/), upfront: z.number().min(0).optional(), monthly: z.number().min(0).optional() }).optional(),
  environments: z.record(Name, EnvironmentSection.nullable()).refine((value) => Object.keys(value).length > 0, { error: 'needs at least one environment' }),
});
export type Selection = z.infer<typeof Selection>;
