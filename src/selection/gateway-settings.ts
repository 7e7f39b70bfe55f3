import * as z from 'zod';
import { Id } from '../catalog/facts.js';
import { mustBe } from '../catalog/issue-message.js';
import { DATA_CLASSES } from './circumstances.js';
import { Secret } from './secret.js';

const positive = z.int().min(1);
const Label = z
  .string()
  .max(40)
  .regex(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    mustBe("lower case letters, digits and '-', starting with a letter"),
  );
const Host = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, mustBe('a host name without scheme, port and path'));

export const DataClasses = z.array(z.enum(DATA_CLASSES)).min(1);

/** An OpenAI-compatible endpoint that no profile describes. */
const CustomEndpoint = z.strictObject({
  host: Host.describe('Host name, e.g. llm.example.com.'),
  port: positive.max(65535).optional().describe('Default: 443.'),
  basePath: z
    .string()
    .regex(/^(\/[^\s]*)?$/, mustBe("a path such as '/v1', or empty"))
    .optional()
    .describe("Path in place of '/v1'. Default: /v1."),
  jurisdiction: z.string().min(1).optional().describe('Under whose law answers are made, e.g. CN, EU.'),
});

/** One account at one provider. */
export const ProviderAccount = z.strictObject({
  profile: Id.optional().describe('Id in profiles/providers; `berth list providers` shows them.'),
  endpoint: CustomEndpoint.optional().describe('In place of a profile: any OpenAI-compatible host.'),
  region: z
    .string()
    .min(1)
    .optional()
    .describe('Region of the profile, e.g. eu. Default: its first endpoint.'),
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

/** A model of a provider. */
export const ProviderTarget = z.strictObject({
  provider: Label.describe('Name in providers.'),
  model: z.string().min(1).describe("The provider's id of the model, or your deployment's name."),
});

/** Paths of the OpenAI API that a gateway passes on. */
export const GATEWAY_PATHS = [
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/responses',
  '/v1/embeddings',
] as const;

export const routeFields = {
  dataClasses: DataClasses.optional().describe('Data classes that the route may carry.'),
  paths: z
    .array(z.enum(GATEWAY_PATHS))
    .min(1)
    .default(['/v1/chat/completions'])
    .describe('Paths of the OpenAI API. Default: /v1/chat/completions.'),
};

export const ProviderRoutes = z
  .record(
    Label,
    z.strictObject({
      targets: z
        .array(ProviderTarget)
        .min(1)
        .describe('What answers; the next one where those before it cannot.'),
      ...routeFields,
    }),
  )
  .describe('Public model names: what clients write as `model`.');

export const GatewayClients = z
  .record(
    Label,
    z.strictObject({
      keySha256: z
        .array(z.string().regex(/^[0-9a-f]{64}$/, mustBe('a SHA-256 of 64 hex digits')))
        .min(1)
        .optional()
        .describe('SHA-256 of the client\'s key: printf %s "$KEY" | sha256sum. Two while it is changed.'),
      subject: z
        .string()
        .min(1)
        .optional()
        .describe("Value of the token's claim, where gateway.oidc is set."),
      routes: z.array(Label).min(1).optional().describe('Names of routes. Default: all.'),
      requestsPerMinute: positive
        .default(600)
        .describe('Requests a minute and gateway pod; the rest gets 429. Default: 600.'),
      dataClasses: DataClasses.optional().describe(
        'Data classes that it may send out. Default: those of the route.',
      ),
    }),
  )
  .describe('Who may call, by names of your own.');

const EgressProxy = z.strictObject({
  host: Host.describe('Host name of the proxy.'),
  port: positive.max(65535).describe('Its port.'),
  namespace: Label.optional().describe('Namespace of its pods, where it runs in the cluster.'),
});

const Oidc = z.strictObject({
  issuer: z.url().describe('Issuer of the tokens, as they name it.'),
  jwksUri: z.url().describe("Address of the issuer's keys."),
  audiences: z.array(z.string().min(1)).min(1).describe('Audiences of which a token must name one.'),
  claim: z.string().min(1).default('sub').describe('Claim that tells the client. Default: sub.'),
});

/** The gateway itself. */
export const GatewaySettings = z.strictObject({
  replicas: positive.default(2).describe('Pods. Default: 2.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, mustBe('a version such as 1.40.0'))
    .optional()
    .describe('Version of Envoy. Default: the one that the tests run.'),
  image: z
    .string()
    .regex(/^[^\s:@/]+(:\d+)?(\/[^\s:@/]+)+$/, mustBe('a repository without tag or digest'))
    .optional()
    .describe('Image repository in place of the public one.'),
  maxBodyMib: positive.max(256).default(50).describe('Largest request, MiB. Default: 50.'),
  longestAnswerSeconds: positive
    .max(3600)
    .default(300)
    .describe('Running answers get this long when a pod is replaced. Default: 300.'),
  egress: z
    .strictObject({
      via: z
        .enum(['own', 'proxy', 'direct'])
        .optional()
        .describe(
          'own: a proxy beside the gateway that knows the hosts; proxy: yours; direct. Default: own.',
        ),
      proxy: EgressProxy.optional().describe('Your HTTP proxy, asked by CONNECT.'),
      names: z
        .enum(['cilium'])
        .optional()
        .describe('Allow the hosts by name, with a CiliumNetworkPolicy in place of a block of addresses.'),
    })
    .optional()
    .describe('The way out.'),
  oidc: Oidc.optional().describe('Tokens of the company in place of keys.'),
  accessLogRetentionDays: positive.optional().describe('How long the access log is kept, days.'),
});
export type GatewaySettings = z.infer<typeof GatewaySettings>;

export type ProviderRoute = z.infer<typeof ProviderRoutes>[string];
export type GatewayClient = z.infer<typeof GatewayClients>[string];
