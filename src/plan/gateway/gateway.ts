import type { DataClass } from '../../selection/circumstances.js';
import { DEFAULT_PROMETHEUS_NAMESPACE } from '../../selection/defaults.js';
import type { GatewayClient, GatewaySettings } from '../../selection/gateway-settings.js';
import type { ResolvedSelection } from '../../selection/resolved.js';
import { dashboardPlan } from '../dashboard.js';
import { imagePlan } from '../image.js';
import { entryNamespace } from '../network.js';
import type { ExposurePlan, ImagePlan } from '../plan.js';
import { platformPlan } from '../platform.js';
import type {
  ClientPlan,
  ConnectorPlan,
  GatewayEgress,
  GatewayIngress,
  GatewayLimits,
  GatewayPlan,
  RoutePlan,
} from './gateway-plan.js';
import { spendPlan } from './spend.js';
import { translatorPlan } from './translator.js';

/** The version whose own program the tests start from the emitted ConfigMap. Source: envoyproxy.io, release 1.40.0. */
export const DEFAULT_ENVOY_VERSION = '1.40.0';
/** Published by the project; the distroless build runs as an ordinary user. Source: envoyproxy.io, installing with Docker. */
const ENVOY_IMAGE = 'envoyproxy/envoy';

export const CLIENT_PORT = 4000;
export const ADMIN_PORT = 15020;
/** A sidecar of Istio takes the other one for itself. Source: istio.io, application requirements. */
const ADMIN_PORT_BESIDE_ISTIO = 9102;
export const EGRESS_PORT = 8443;

/** Endpoint removal reaches every proxy within this time. */
const SETTLE_SECONDS = 15;

export function envoyImage(
  settings: GatewaySettings,
  { lock, cluster }: Pick<ResolvedSelection, 'lock' | 'cluster'>,
): ImagePlan {
  const tag = `distroless-v${settings.version ?? DEFAULT_ENVOY_VERSION}`;
  return imagePlan({
    own: settings.image,
    published: ENVOY_IMAGE,
    tag,
    lock,
    mirror: cluster.registryMirror,
  });
}

/** What tells one gateway of an environment from another. */
export interface GatewayParts {
  readonly name: string;
  readonly connectors: readonly ConnectorPlan[];
  readonly routes: readonly RoutePlan[];
  readonly clients: readonly ClientPlan[];
  readonly egress: GatewayEgress;
  readonly exposure: ExposurePlan | null;

  /**
   * Whether a dashboard is made for it: any gateway can be chosen in one.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}

/** A gateway with its limits, its life and its network, from its settings. */
export function gatewayPlan(
  resolved: ResolvedSelection,
  settings: GatewaySettings,
  parts: GatewayParts,
): GatewayPlan {
  const { exposure, dashboard = true, ...rest } = parts;
  const limits = limitsOf(settings);
  const resources = { cpuMillis: 200, memoryMib: memoryMib(settings.maxBodyMib) };
  const monitored = resolved.cluster.capabilities?.includes('prometheus-operator') ?? false;
  const { dns, metadataAddresses, imagePullSecret } = platformPlan(resolved);
  return {
    ...rest,
    platform: { dns, metadataAddresses, imagePullSecret },
    image: envoyImage(settings, resolved),
    replicas: settings.replicas,
    resources,
    port: CLIENT_PORT,
    adminPort: rest.egress.names === 'istio' ? ADMIN_PORT_BESIDE_ISTIO : ADMIN_PORT,
    oidc: settings.oidc ?? null,
    limits,
    lifecycle: {
      // The program ends open streams at once when it is told to stop: it must not be told before they have ended.
      preStopSeconds: settings.longestAnswerSeconds + SETTLE_SECONDS,
      terminationGraceSeconds: settings.longestAnswerSeconds + 2 * SETTLE_SECONDS,
    },
    ingress: ingressOf(resolved, exposure, monitored),
    translator: translatorPlan(resolved, settings, { ...rest, limits, resources }),
    monitoring: monitored
      ? {
          labels: resolved.cluster.prometheus?.labels ?? {},
          scrapeIntervalSeconds: 15,
          spend: spendPlan(resolved, rest.connectors),
          dashboard: dashboard ? dashboardPlan(resolved) : null,
        }
      : null,
    accessLogRetentionDays: settings.accessLogRetentionDays ?? null,
  };
}

/** Measured: 69 MB at rest, 469 MB after eight requests of 49 MiB. */
function memoryMib(maxBodyMib: number): number {
  return 128 + maxBodyMib * 8;
}

function limitsOf({ maxBodyMib }: GatewaySettings): GatewayLimits {
  return {
    maxBodyBytes: maxBodyMib * 1024 * 1024,
    uploadSeconds: 300,
    // Models that think send nothing for minutes.
    idleSeconds: 900,
    connectSeconds: 3,
    perTryIdleSeconds: 300,
    ejectionSeconds: 5,
  };
}

/** Clients as the gateway knows them: all routes where none is named. */
export function clientPlans(
  clients: Readonly<Record<string, GatewayClient>>,
  routes: Readonly<Record<string, { readonly dataClasses?: readonly DataClass[] | undefined }>>,
): ClientPlan[] {
  return Object.entries(clients).map(([name, client]) => {
    const allowed = client.routes ?? Object.keys(routes);
    const classes = new Set(allowed.flatMap((route) => routes[route]?.dataClasses ?? []));
    return {
      name,
      keySha256: client.keySha256 ?? [],
      subject: client.subject ?? null,
      routes: allowed,
      requestsPerMinute: client.requestsPerMinute,
      dataClasses: client.dataClasses ?? [...classes],
    };
  });
}

function ingressOf(
  resolved: ResolvedSelection,
  exposure: ExposurePlan | null,
  monitored: boolean,
): GatewayIngress[] {
  const { cluster, expose } = resolved;
  const prometheus = cluster.prometheus?.namespace ?? DEFAULT_PROMETHEUS_NAMESPACE;
  const entry = exposure && entryNamespace(resolved, exposure);
  const own: GatewayIngress = {
    name: 'from-namespace',
    why: 'pods of this namespace call the gateway',
    from: 'same-namespace',
    port: 'clients',
  };
  return [
    own,
    ...(expose.allowFrom ?? []).map(
      (namespace): GatewayIngress => ({
        name: `from-namespace-${namespace}`,
        why: `expose.allowFrom names ${namespace}`,
        from: { namespace },
        port: 'clients',
      }),
    ),
    ...(entry
      ? [
          {
            name: 'from-entry',
            why: `${exposure.via} in ${entry} forwards ${exposure.host}`,
            from: { namespace: entry },
            port: 'clients',
          } as const,
        ]
      : []),
    ...(monitored
      ? [
          {
            name: 'from-prometheus',
            why: `Prometheus in ${prometheus} scrapes /metrics`,
            from: { namespace: prometheus },
            port: 'admin',
          } as const,
        ]
      : []),
  ];
}
