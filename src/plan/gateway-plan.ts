import type { ImagePlan, SecretKey } from './plan.js';

/** One gateway: the only door of its clients, and the only pod that may reach what stands behind it. */
export interface GatewayPlan {
  /** Short stable name of its objects, e.g. `gateway`. */
  readonly name: string;
  readonly image: ImagePlan;
  readonly replicas: number;
  readonly resources: { readonly cpuMillis: number; readonly memoryMib: number };
  /** Port of the clients, and the port of `/metrics` and `/ready`. */
  readonly port: number;
  readonly adminPort: number;
  readonly connectors: readonly ConnectorPlan[];
  readonly routes: readonly RoutePlan[];
  readonly clients: readonly ClientPlan[];
  /** The company's own tokens in place of keys; null where clients have keys. */
  readonly oidc: OidcPlan | null;
  readonly limits: GatewayLimits;
  readonly lifecycle: { readonly preStopSeconds: number; readonly terminationGraceSeconds: number };
  readonly network: GatewayNetworkPlan;
  readonly monitoring: GatewayMonitoringPlan | null;
}

/** The way to one model of one provider, or to a server of the same environment. */
export interface ConnectorPlan {
  /** Name of its listener inside the gateway, e.g. `ernie-ernie-5.1`. */
  readonly name: string;
  /** Name in the selection's `providers`; null for a server of the company's own. */
  readonly provider: string | null;
  /** Id in profiles/providers/; null where the selection describes it, or for an own server. */
  readonly profile: string | null;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Path in place of `/v1`, e.g. `/compatible-mode/v1`. */
  readonly basePath: string;
  /** The provider's own id of the model: what stands in the request that leaves. */
  readonly model: string;
  /** Null where no key is needed. */
  readonly credential: {
    readonly header: string;
    readonly prefix: string;
    /** File name below the folder of keys. */
    readonly file: string;
    readonly secret: SecretKey;
  } | null;
  /** Headers that every request must carry beside the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly jurisdiction: string | null;
}

/** One public model name, and what answers it in turn. */
export interface RoutePlan {
  /** What clients write as `model`. */
  readonly name: string;
  readonly paths: readonly string[];
  /** Data classes that it may carry; empty where the selection makes no difference. */
  readonly dataClasses: readonly string[];
  /** Names of connectors; the next one answers when those before it cannot. */
  readonly connectors: readonly string[];
}

/** Who may call. The key itself is nowhere: only its SHA-256. */
export interface ClientPlan {
  readonly name: string;
  /** 64 hex digits; null where the client is told by its token. */
  readonly keySha256: readonly string[];
  /** Names of routes. */
  readonly routes: readonly string[];
  readonly requestsPerMinute: number;
  /** Data classes that this client may send out. */
  readonly dataClasses: readonly string[];
}

export interface OidcPlan {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audiences: readonly string[];
  /** Claim whose value is the name of the client. */
  readonly claim: string;
}

export interface GatewayLimits {
  readonly maxBodyBytes: number;
  readonly uploadSeconds: number;
  /** Longest silence of a running answer. */
  readonly idleSeconds: number;
  readonly connectSeconds: number;
  /** Longest wait for the first byte or the next before another target is asked. */
  readonly perTryIdleSeconds: number;
  readonly ejectionSeconds: number;
}

export interface GatewayNetworkPlan {
  readonly ingress: readonly {
    readonly name: string;
    readonly why: string;
    readonly from: 'same-namespace' | { readonly namespace: string };
    readonly port: 'clients' | 'admin';
  }[];
  readonly egress: {
    /** How it gets out; `none` where it may not. */
    readonly via: 'none' | 'proxy' | 'direct';
    readonly proxy: { readonly host: string; readonly port: number; readonly namespace: string } | null;
    /** Hosts that may be reached, for the owner of the proxy. */
    readonly hosts: readonly string[];
  };
}

export interface GatewayMonitoringPlan {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeIntervalSeconds: number;
}
