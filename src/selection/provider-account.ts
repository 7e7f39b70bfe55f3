import * as z from 'zod';
import { Id } from '../catalog/facts.js';
import { mustBe } from '../catalog/issue-message.js';
import { TRANSLATORS } from '../catalog/translator.js';
import { DATA_CLASSES } from './circumstances.js';
import type { NamedEntry } from './scheme.js';
import { Secret } from './secret.js';

/** A name that a user gives: it becomes part of names of objects. */
export const Label = z
  .string()
  .max(40)
  .regex(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    mustBe("lower case letters, digits and '-', starting with a letter"),
  );
export const Host = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, mustBe('a host name without scheme, port and path'));

export const DataClasses = z.array(z.enum(DATA_CLASSES)).min(1);

/** An OpenAI-compatible endpoint that no profile describes. */
const CustomEndpoint = z.strictObject({
  host: Host.describe('Host name, e.g. llm.example.com.'),
  port: z.int().min(1).max(65535).optional().describe('Default: 443.'),
  basePath: z
    .string()
    .regex(/^(\/[^\s]*)?$/, mustBe("a path such as '/v1', or empty"))
    .optional()
    .describe("Path in place of '/v1'. Default: /v1."),
  jurisdiction: z.string().min(1).optional().describe('Under whose law answers are made, e.g. CN, EU.'),
});

/** What clients of an account may speak. */
export const ACCOUNT_WIRES = ['openai', 'anthropic'] as const;

/** One account at one provider. */
export const ProviderAccount = z.strictObject({
  profile: Id.optional().describe('Id in profiles/providers; `berth list providers` shows them.'),
  endpoint: CustomEndpoint.optional().describe('In place of a profile: any OpenAI-compatible host.'),
  region: z
    .string()
    .min(1)
    .optional()
    .describe('Region of the profile, e.g. eu. Default: its first endpoint.'),
  wire: z
    .enum(ACCOUNT_WIRES)
    .optional()
    .describe(
      'anthropic: clients speak the Anthropic format at /v1/messages, passed on unchanged. Default: openai.',
    ),
  translator: z
    .enum(TRANSLATORS)
    .optional()
    .describe(
      "Program that turns the OpenAI format into the profile's own (anthropic, gemini, bedrock, vertex); it stands behind the gateway. Default: none.",
    ),
  host: Host.optional().describe("One of the profile's hosts, where a region does not tell them apart."),
  parameters: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.string().regex(/^[a-zA-Z0-9][-a-zA-Z0-9]*$/))
    .optional()
    .describe("What stands in braces in the profile's host, e.g. resource: acme-openai."),
  key: Secret.optional().describe('Key of the account, by reference.'),
  dataClasses: DataClasses.optional().describe(
    'Data classes that the contract with the provider covers. Default: not said.',
  ),
});
export type ProviderAccount = z.infer<typeof ProviderAccount>;

export const ProviderAccounts = z
  .record(Label, ProviderAccount)
  .describe('Accounts at providers, by names of your own.');

/** The translators that accounts name. */
export function translatorsOf(providers: Readonly<Record<string, ProviderAccount>>): NamedEntry[] {
  return Object.entries(providers).flatMap(([name, { translator }]) =>
    translator === undefined ? [] : [{ id: translator, path: ['providers', name, 'translator'] }],
  );
}
