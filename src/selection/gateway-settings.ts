import * as z from 'zod';
import { mustBe } from '../catalog/issue-message.js';
import { DataClasses, Host, Label } from './provider-account.js';

const positive = z.int().min(1);
/** A model of a provider. */
export const ProviderTarget = z.strictObject({
  provider: Label.describe('Name in providers.'),
  model: z.string().min(1).describe("The provider's id of the model, or your deployment's name."),
});

/** Paths that a gateway passes on: of the OpenAI API, and the last one of Anthropic's. */
export const GATEWAY_PATHS = [
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/responses',
  '/v1/embeddings',
  '/v1/messages',
] as const;

/** The one path of the Anthropic format. */
export const MESSAGES_PATH = '/v1/messages';

export const routeFields = {
  dataClasses: DataClasses.optional().describe('Data classes that the route may carry.'),
  paths: z
    .array(z.enum(GATEWAY_PATHS))
    .min(1)
    .default(['/v1/chat/completions'])
    .describe(
      'Paths of the OpenAI API, or /v1/messages alone for accounts with wire: anthropic. Default: /v1/chat/completions.',
    ),
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

const Repository = z
  .string()
  .regex(/^[^\s:@/]+(:\d+)?(\/[^\s:@/]+)+$/, mustBe('a repository without tag or digest'));

/** The gateway itself. */
export const GatewaySettings = z.strictObject({
  replicas: positive.default(2).describe('Pods. Default: 2.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, mustBe('a version such as 1.40.0'))
    .optional()
    .describe('Version of Envoy. Default: the one that the tests run.'),
  image: Repository.optional().describe('Image repository in place of the public one.'),
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
        .enum(['cilium', 'istio'])
        .optional()
        .describe(
          'Allow the hosts by name: cilium puts a CiliumNetworkPolicy in place of a block of addresses, istio a ServiceEntry and a Sidecar beside it.',
        ),
    })
    .optional()
    .describe('The way out.'),
  translator: z
    .strictObject({
      replicas: positive.optional().describe('Pods. Default: 2.'),
      version: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, mustBe('a version such as 1.5.0'))
        .optional()
        .describe('Default: the one whose schema its configuration is held against.'),
      image: Repository.optional().describe('Image repository in place of the public one.'),
    })
    .optional()
    .describe('The translator, where an account names one.'),
  oidc: Oidc.optional().describe('Tokens of the company in place of keys.'),
  accessLogRetentionDays: positive.optional().describe('How long the access log is kept, days.'),
});
export type GatewaySettings = z.infer<typeof GatewaySettings>;

export type ProviderRoute = z.infer<typeof ProviderRoutes>[string];
export type GatewayClient = z.infer<typeof GatewayClients>[string];
