import type { DataClass } from '../../selection/circumstances.js';
import type { DashboardPlan, ImagePlan, SecretKey } from '../plan.js';
import type { PlatformPlan } from '../platform-plan.js';
import type { TranslationPlan, TranslatorPlan } from './translator-plan.js';

/** One gateway: the only door of its clients, and the only pod that may reach what stands behind it. */
export interface GatewayPlan {
  /** Short stable name of its objects, e.g. `gateway`. */
  readonly name: string;
  readonly image: ImagePlan;
  /** What the cluster asks of its pods, its translator's and its way out's. */
  readonly platform: Pick<PlatformPlan, 'dns' | 'metadataAddresses' | 'imagePullSecret'>;
  readonly replicas: number;
  readonly resources: GatewayResources;
  /** Port of the clients, and the port of `/metrics` and `/ready`. */
  readonly port: number;
  readonly adminPort: number;
  readonly connectors: readonly ConnectorPlan[];
  /** In the order in which they are tried: two may have one name and different classes. */
  readonly routes: readonly RoutePlan[];
  readonly clients: readonly ClientPlan[];
  /** The company's own tokens in place of keys; null where clients have keys. */
  readonly oidc: OidcPlan | null;
  readonly limits: GatewayLimits;
  readonly lifecycle: { readonly preStopSeconds: number; readonly terminationGraceSeconds: number };
  readonly ingress: readonly GatewayIngress[];
  readonly egress: GatewayEgress;
  /** Behind it, for providers that do not speak the OpenAI format; null where there are none. */
  readonly translator: TranslatorPlan | null;
  readonly monitoring: GatewayMonitoringPlan | null;
  /** How long the access log is kept; null where nobody says. */
  readonly accessLogRetentionDays: number | null;
}

export interface GatewayResources {
  readonly cpuMillis: number;
  readonly memoryMib: number;
}

/** The way to one model of one provider, to a server of the company's own, or to another gateway. */
export interface ConnectorPlan {
  /** Name of its listener inside the gateway, e.g. `ernie--ernie-5-1`. */
  readonly name: string;
  /** Name in the selection's `providers`; null for what stands in the cluster. */
  readonly provider: string | null;
  /** Id in profiles/providers/; null where the selection describes it. */
  readonly profile: string | null;
  /** What the request asks for, and what the certificate must name. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Path in place of `/v1`, e.g. `/compatible-mode/v1`. */
  readonly basePath: string;
  /** The provider's own id of the model: what stands in the request that leaves. */
  readonly model: string;
  /** What its clients speak, passed on as it is unless it is translated. */
  readonly wire: 'openai' | 'anthropic';
  /** Null where the request is passed on as it is. */
  readonly translation: TranslationPlan | null;
  /** Null where no key is needed. */
  readonly credential: CredentialPlan | null;
  /** True where another gateway asks for the client's own key, and for the class that it proved. */
  readonly keepsClient: boolean;
  readonly jurisdiction: string | null;
  /** Classes that the contract with the provider covers; null where nobody says. */
  readonly dataClasses: readonly DataClass[] | null;
}

export interface CredentialPlan {
  readonly header: string;
  readonly prefix: string;
  /** Name of the file below the folder of keys, and of the secret inside the gateway. */
  readonly file: string;
  readonly secret: SecretKey;
}

/** One public model name, and what answers it in turn. */
export interface RoutePlan {
  /** What clients write as `model`. */
  readonly name: string;
  readonly paths: readonly string[];
  /** Classes that it may carry; empty where the selection does not say. */
  readonly dataClasses: readonly DataClass[];
  /** Whether a request must prove that it is of one of them. */
  readonly provesClass: boolean;
  /** Names of connectors; the next one answers when those before it cannot. */
  readonly connectors: readonly string[];
}

/** Who may call. The key itself is nowhere: only its SHA-256. */
export interface ClientPlan {
  readonly name: string;
  /** 64 hex digits each; empty where the client is told by its token. */
  readonly keySha256: readonly string[];
  /** Value of the token's claim; null where clients have keys. */
  readonly subject: string | null;
  /** Names of routes. */
  readonly routes: readonly string[];
  readonly requestsPerMinute: number;
  /** Classes that its word proves: others count as unproven. */
  readonly dataClasses: readonly DataClass[];
}

export interface OidcPlan {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audiences: readonly string[];
  /** Claim whose value tells the client. */
  readonly claim: string;
}

export interface GatewayLimits {
  readonly maxBodyBytes: number;
  /** Longest upload of one request. */
  readonly uploadSeconds: number;
  /** Longest silence of a running answer, also before its first byte. */
  readonly idleSeconds: number;
  readonly connectSeconds: number;
  /** Silence after which the next target is asked; it also bounds gaps inside a stream. */
  readonly perTryIdleSeconds: number;
  /** A target that failed is left out for so long. */
  readonly ejectionSeconds: number;
}

export interface GatewayIngress {
  readonly name: string;
  readonly why: string;
  readonly from: 'same-namespace' | { readonly namespace: string };
  readonly port: 'clients' | 'admin';
}

/** The way out. `none`: only what stands in the cluster. */
export interface GatewayEgress {
  readonly via: 'none' | 'own' | 'proxy' | 'direct';
  /** Hosts that may be reached, sorted. */
  readonly hosts: readonly string[];
  /** Those of them that the translator asks for, by CONNECT, sorted. */
  readonly tunnelled: readonly string[];
  /** Beside the gateway, for `own`. */
  readonly own: EgressProxyPlan | null;
  /** The company's, for `proxy`. */
  readonly proxy: { readonly host: string; readonly port: number; readonly namespace: string | null } | null;
  /** Allowed by name, with the objects of a network plug-in or a mesh; null: any address but link-local ones. */
  readonly names: 'cilium' | 'istio' | null;
  /** What stands in the cluster and may be reached. */
  readonly cluster: readonly { readonly namespace: string; readonly port: number }[];
}

/** A proxy that passes TLS on to hosts that it knows, by the name in the handshake, and reads nothing. */
export interface EgressProxyPlan {
  readonly name: string;
  readonly port: number;
  readonly replicas: number;
  readonly resources: GatewayResources;
}

export interface GatewayMonitoringPlan {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeIntervalSeconds: number;
  /** What a month may cost, and what a million tokens cost; null where budget or prices are not known. */
  readonly spend: SpendPlan | null;
  /** Null where no Grafana loads dashboards from ConfigMaps, or where another gateway's shows this one too. */
  readonly dashboard: DashboardPlan | null;
}

export interface SpendPlan {
  readonly currency: string;
  readonly monthly: number;
  readonly prices: readonly {
    readonly connector: string;
    readonly input: number;
    readonly output: number;
  }[];
}
