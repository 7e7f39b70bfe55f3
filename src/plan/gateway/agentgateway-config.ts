import type { ConnectorPlan, GatewayLimits } from './gateway-plan.js';

export interface AgentgatewayProps {
  /** Those that it translates for. */
  readonly connectors: readonly ConnectorPlan[];
  readonly limits: Pick<GatewayLimits, 'maxBodyBytes'>;
  readonly paths: readonly string[];
  readonly port: number;
  readonly readyPort: number;
  /** Running answers get this long when it is told to stop, seconds. */
  readonly drainSeconds: number;
  /** `host:port` that is asked by CONNECT for a way out; null where it goes out by itself. */
  readonly tunnel: string | null;
}

/**
 * The whole configuration of agentgateway as a translator alone: who may call, how often and what answers when a
 * provider fails is the gateway's in front of it. Source: its schema of 2026-08-21, and a build of that day.
 */
export function agentgatewayConfig(props: AgentgatewayProps): Record<string, unknown> {
  const { connectors, limits, paths, port, readyPort, drainSeconds, tunnel } = props;
  return {
    config: {
      // By default its administration listens on loopback; what it counts, the gateway counts at the door.
      adminAddr: 'off',
      statsAddr: 'off',
      readinessAddr: `0.0.0.0:${readyPort}`,
      // The first alone would end open streams at once.
      connectionMinTerminationDeadline: `${drainSeconds}s`,
      connectionTerminationDeadline: `${drainSeconds + 15}s`,
      logging: { level: 'warn', format: 'json' },
    },
    gateways: { default: { port } },
    // 2 MiB where nothing is said.
    frontendPolicies: { http: { maxBufferSize: limits.maxBodyBytes } },
    llm: {
      gateways: 'default',
      // Every other path would count as a chat too.
      policies: {
        authorization: {
          rules: [{ require: `request.path in [${paths.map((path) => `"${path}"`).join(', ')}]` }],
        },
      },
      models: connectors.map((connector) => model(connector, tunnel)),
    },
  };
}

function model(connector: ConnectorPlan, tunnel: string | null): Record<string, unknown> {
  const { name, model: id, host, basePath, credential, translation } = connector;
  if (translation === null) throw new Error(`${name} is not translated`);
  const { wire, region, project } = translation;
  const key = credential === null ? null : { file: keyPath(credential.file) };
  return {
    name,
    provider: wire,
    params: {
      model: literal(id),
      ...(wire === 'anthropic' && { baseUrl: `https://${host}${messagesBase(basePath)}` }),
      ...(wire === 'bedrock' && { awsRegion: region }),
      ...(wire === 'vertex' && { vertexRegion: region, vertexProject: project }),
      ...(wire !== 'vertex' && key !== null && { apiKey: key }),
    },
    // Vertex AI takes tokens of an hour only: the program makes them from the key file of a service account.
    ...(wire === 'vertex' && key !== null && { auth: { gcp: { type: 'accessToken', credential: key } } }),
    ...(tunnel !== null && { backendTunnel: { proxy: { host: tunnel } } }),
  };
}

/** The program adds `/messages`, and wants what stands before it to end in `/v1`. */
function messagesBase(basePath: string): string {
  return basePath.endsWith('/v1') ? basePath : `${basePath}/v1`;
}

/** The whole configuration is read with shell variables: a dollar sign is doubled. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** Where a key lies in the pod. */
export function keyPath(file: string): string {
  return `/etc/llm-keys/${file}`;
}
