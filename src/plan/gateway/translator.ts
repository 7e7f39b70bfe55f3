import type { GatewaySettings } from '../../selection/gateway-settings.js';
import type { ResolvedSelection } from '../../selection/resolved.js';
import { imagePlan } from '../image.js';
import { agentgatewayConfig } from './agentgateway-config.js';
import type { GatewayPlan } from './gateway-plan.js';
import type { TranslatorPlan } from './translator-plan.js';

const PORT = 4000;
const READY_PORT = 15021;
/** A sidecar of Istio takes the other one for itself. */
const READY_PORT_BESIDE_ISTIO = 9103;
const REPLICAS = 2;
/** Endpoint removal reaches every pod of the gateway within this time. */
const SETTLE_SECONDS = 15;

type Parts = Pick<GatewayPlan, 'name' | 'connectors' | 'routes' | 'egress' | 'limits' | 'resources'>;

/** The translator behind a gateway, where an account asks for one; null else. */
export function translatorPlan(
  resolved: Pick<ResolvedSelection, 'translators' | 'namespace' | 'lock' | 'cluster'>,
  settings: GatewaySettings,
  { name, connectors, routes, egress, limits, resources }: Parts,
): TranslatorPlan | null {
  const translated = connectors.filter(({ translation }) => translation !== null);
  const id = translated[0]?.translation?.by;
  if (id === undefined) return null;
  const profile = resolved.translators[id];
  const { schema } = profile ?? {};
  const image = settings.translator?.image ?? profile?.image;
  const version = settings.translator?.version ?? profile?.version;
  if (profile === undefined || schema === undefined || image === undefined || version === undefined)
    throw new Error(`translator ${id} cannot be emitted`);
  const names = new Set(translated.map((one) => one.name));
  const used = routes.filter((route) => route.connectors.some((one) => names.has(one)));
  const tag = `v${version}`;
  const tunnel = wayOut(egress, resolved.namespace);
  const drainSeconds = settings.longestAnswerSeconds;
  const readyPort = egress.names === 'istio' ? READY_PORT_BESIDE_ISTIO : READY_PORT;
  return {
    id,
    name: `${name}-translator`,
    image: imagePlan({
      own: settings.translator?.image,
      published: image,
      tag,
      lock: resolved.lock,
      mirror: resolved.cluster.registryMirror,
    }),
    version,
    proof: profile.proof,
    schema,
    replicas: settings.translator?.replicas ?? REPLICAS,
    // 58 MB at rest, 267 MB after bodies of 32 MiB, measured on a build of 2026-08-21: as much as the gateway itself.
    resources: { cpuMillis: 100, memoryMib: resources.memoryMib },
    port: PORT,
    readyPort,
    config: agentgatewayConfig({
      connectors: translated,
      limits,
      paths: [...new Set(used.flatMap(({ paths }) => paths))],
      port: PORT,
      readyPort,
      drainSeconds,
      tunnel,
    }),
    keys: keysOf(translated),
    httpsProxy:
      tunnel !== null && translated.some(({ translation }) => (translation?.authHosts.length ?? 0) > 0)
        ? `http://${tunnel}`
        : null,
    lifecycle: {
      preStopSeconds: SETTLE_SECONDS,
      terminationGraceSeconds: drainSeconds + 3 * SETTLE_SECONDS,
    },
  };
}

function keysOf(connectors: Parts['connectors']): TranslatorPlan['keys'] {
  const found = new Map(
    connectors.flatMap(({ credential }) =>
      credential === null ? [] : [[credential.file, { file: credential.file, secret: credential.secret }]],
    ),
  );
  return [...found.values()];
}

/** Whom it asks by CONNECT for a way to a provider. */
function wayOut({ own, proxy }: GatewayPlan['egress'], namespace: string): string | null {
  if (own !== null) return `${own.name}.${namespace}.svc.cluster.local:${own.port}`;
  return proxy === null ? null : `${proxy.host}:${proxy.port}`;
}
