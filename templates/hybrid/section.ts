import * as z from 'zod';
import {
  GatewayClients,
  GatewaySettings,
  ProviderTarget,
  routeFields,
} from '../../src/selection/gateway-settings.js';
import { DataClasses, ProviderAccounts, translatorsOf } from '../../src/selection/provider-account.js';
import { servingShape } from '../../src/selection/schema.js';
import type { Needs, Section } from '../../src/selection/scheme.js';
import { DEPLOYED_SCHEMES } from './private-schemes.js';

const Name = ProviderTarget.shape.provider;

/** A deployment's own keys: its scheme, what it serves, and what that scheme adds. */
const Deployment = z.strictObject({
  scheme: z
    .enum(DEPLOYED_SCHEMES.map(({ name }) => name))
    .describe('Scheme of the deployment; it runs on machines of your own.'),
  allowFrom: z
    .array(z.string().min(1))
    .optional()
    .describe('Namespaces whose pods call it themselves, where it stands beside the gateways (image-to-3d).'),
  ...servingShape,
  ...Object.assign({}, ...DEPLOYED_SCHEMES.map(({ section }) => section.partial().shape)),
});

const OwnTarget = z.strictObject({ deployment: Name.describe('Name in deployments.') });

const Route = z.strictObject({
  targets: z
    .array(z.union([OwnTarget, ProviderTarget]))
    .min(1)
    .describe('What answers, in turn: a deployment, or a model of a provider.'),
  ...routeFields,
  dataClasses: DataClasses.describe(
    'Data classes that the route may carry; every target must accept all of them.',
  ),
});

const Choice = z.strictObject({
  general: Name.describe('Route for requests that prove a class which it may carry.'),
  otherwise: Name.describe('Route for all others; its targets are deployments only.'),
});

/** Keys that the scheme adds to a selection. */
export const HybridSection = z.strictObject({
  deployments: z
    .record(Name, Deployment)
    .describe('What runs on machines of your own, by names of your own.'),
  providers: ProviderAccounts,
  routes: z.record(Name, Route).describe('Public model names: what clients write as `model`.'),
  clients: GatewayClients,
  gateway: GatewaySettings.prefault({}).describe('The gateways.'),
  entry: z
    .strictObject({
      routes: z
        .record(Name, Choice)
        .describe('Model names that lead to one of two routes, by the class that a request proves.'),
    })
    .optional()
    .describe('One door in front of both gateways.'),
});
export type HybridSection = z.infer<typeof HybridSection>;
export type HybridRoute = HybridSection['routes'][string];

export function isOwn(target: HybridRoute['targets'][number]): target is z.infer<typeof OwnTarget> {
  return 'deployment' in target;
}

/** The profiles that accounts name, and the deployments that other schemes plan. */
export function hybridNeeds(section: Section): Needs {
  const { providers, deployments } = section as HybridSection;
  return {
    serving: 'nothing',
    instead: 'say what is served in deployments.<name>',
    everyProvider: Object.values(providers).some(({ endpoint }) => endpoint !== undefined),
    translators: translatorsOf(providers),
    providers: Object.entries(providers).flatMap(([name, { profile }]) =>
      profile === undefined ? [] : [{ id: profile, path: ['providers', name, 'profile'] }],
    ),
    deployments: Object.entries(deployments).map(([name, { scheme }]) => ({
      name,
      scheme: String(scheme),
      path: ['deployments', name],
    })),
  };
}
