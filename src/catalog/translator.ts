import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Id, provenance } from './facts.js';
import { packageRoot } from './package-root.js';
import { WIRES } from './provider.js';

/** Programs that turn the OpenAI format into a provider's own. */
export const TRANSLATORS = ['agentgateway', 'litellm'] as const;

/** Formats of providers that a translator turns the OpenAI format into. */
export const NATIVE_WIRES = ['anthropic', 'gemini', 'bedrock', 'vertex'] as const;

/** How far what is emitted for a program has been tried. */
export const PROOFS = ['run by the tests', 'validated, not run', 'not emitted'] as const;

/** One entry of profiles/translators/. */
export const TranslatorProfile = z.strictObject({
  id: Id,
  name: z.string(),
  vendor: z.string(),
  proof: z.enum(PROOFS),
  /** Repository without a tag; the four of them are absent where it is not emitted. */
  image: z.string().optional(),
  /** The version that is deployed where nobody names one. */
  version: z.string().optional(),
  /** Older ones are refused. */
  oldest: z.string().optional(),
  /** The program's own JSON Schema of its configuration, a file beside this one. */
  schema: z.string().optional(),
  wires: z.array(z.enum(WIRES)),
  /** Paths of the OpenAI API that it translates. */
  paths: z.array(z.string()),
  advisories: z.array(
    z.strictObject({
      id: z.string(),
      affected: z.string(),
      /** Null where no release mends it, or none that was read. */
      fixed: z.string().nullable(),
      what: z.string(),
    }),
  ),
  /** Why it is not emitted, and what a user can do; absent where it is. */
  refused: z.strictObject({ because: z.string(), instead: z.array(z.string()).min(1) }).optional(),
  ...provenance,
});
export type TranslatorProfile = z.infer<typeof TranslatorProfile>;

/** The JSON Schema that a translator's maker publishes for its configuration. */
export function translatorSchema(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(packageRoot(), 'profiles', 'translators', file), 'utf8'));
}
