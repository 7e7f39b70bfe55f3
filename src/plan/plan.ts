import type { Licensing } from '../licence/verdict.js';
import type { Override } from '../selection/override.js';
import type { Setting } from '../selection/resolved.js';
import type { SecretRef } from '../selection/secret.js';
import type { Sizing, Verdict } from '../sizing/types.js';
import type { CallsPlan } from './calls.js';
import type { Finding } from './finding.js';
import type { GatewayPlan } from './gateway/gateway-plan.js';
import type { ImageTo3dPlan } from './image-to-3d-plan.js';
import type { LicensedPlan } from './licensed-plan.js';
import type { NodeCondition, PlatformPlan, PoolPlan } from './platform-plan.js';

/** All decisions and numbers of one environment, before any manifest. Plain JSON; `build` has nothing left to decide. */
export interface Plan {
  readonly planVersion: 1;
  readonly name: string;
  readonly environment: string;
  readonly namespace: string;
  readonly scheme: string;
  /** The selection's file, relative to the project's root. */
  readonly selection: string;
  readonly kubernetes: string;
  /** Models that this environment serves itself; empty for schemes that only connect to providers. */
  readonly servers: readonly ServerPlan[];
  /**
   * Containers that their vendors license.
   *
   * @default - none
   */
  readonly licensed?: readonly LicensedPlan[];
  /**
   * The program of `image-to-3d`.
   *
   * @default - none
   */
  readonly imageTo3d?: ImageTo3dPlan;
  /** Doors in front of models and providers; empty where clients reach the server itself. */
  readonly gateways: readonly GatewayPlan[];
  readonly exposure: ExposurePlan | null;
  readonly secrets: readonly SecretPlan[];
  /** Every value with its origin, defaults included. */
  readonly settings: readonly Setting[];
  readonly assumptions: readonly string[];
  /** What the selection's cluster cannot hold and was therefore left out, and what that costs. */
  readonly omitted: readonly { readonly what: string; readonly because: string; readonly instead: string }[];
  readonly overrides: readonly Override[];
  readonly findings: readonly Finding[];
  /** Other models that the catalogue names as this one's successors, on the same accelerators. */
  readonly alternatives: readonly AlternativePlan[];
  readonly notices: readonly string[];
  /** What other schemes deploy for this one, each with its own namespace; their servers and gateways stand only there. */
  readonly parts: readonly Plan[];
}

/** The plan and its parts, parts of parts included. */
export function plansOf(plan: Plan): Plan[] {
  return [plan, ...plan.parts.flatMap(plansOf)];
}

/** What a successor would change. */
export interface AlternativePlan {
  readonly model: string;
  readonly name: string;
  readonly precision: string;
  readonly licence: string;
  readonly verdict: Verdict;
  readonly weightsGibPerGpu: number;
  readonly kvCacheTokens: number;
  readonly kvBytesPerTokenPerGpu: number;
  readonly context: number;
}

/** One served model: engine, weights, resources, scaling. */
export interface ServerPlan {
  /** Short stable name of its objects, e.g. `server`. */
  readonly name: string;
  readonly model: ModelPlan;
  readonly engine: { readonly name: string; readonly version: string; readonly table: string };
  readonly image: ImagePlan;
  readonly accelerator: AcceleratorPlan;
  readonly sizing: Sizing;
  /** Arguments of the engine after the image's entry point: the model's path first. */
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  /** Environment variable that carries the client key, by reference. */
  readonly apiKey: { readonly env: string; readonly secret: SecretKey } | null;
  readonly servedModelNames: readonly string[];
  readonly port: number;
  readonly user: {
    readonly uid: number;
    readonly gid: number;
    readonly name: string;
    readonly home: string;
    /** True where the cluster picks the user id and refuses pods that choose one. */
    readonly assigned: boolean;
  };
  readonly resources: {
    readonly cpus: number;
    readonly memoryGib: number;
    readonly sharedMemoryGib: number;
    readonly ephemeralStorageGib: number;
    /** Writable caches: compile cache, home, /tmp. */
    readonly cacheGib: number;
  };
  readonly lifecycle: LifecyclePlan;
  readonly weights: WeightsPlan;
  readonly replicas: { readonly min: number; readonly max: number };
  /** What the calls of a month need; null where the selection does not say them. */
  readonly calls: CallsPlan | null;
  /** Requests that one replica is meant to work on at once, and may hold (waiting plus running) before it refuses. */
  readonly concurrency: { readonly target: number; readonly admitted: number };
  readonly scaling: ScalingPlan | null;
  readonly monitoring: MonitoringPlan | null;
  readonly network: NetworkPlan;
  readonly platform: PlatformPlan;
  /** Nodes that come with it; null where they are there. */
  readonly pool: PoolPlan | null;
  /** Restarts pods when configuration changes that no pod field shows. */
  readonly rollout: 'rolling' | 'recreate';
}

export interface ModelPlan {
  readonly id: string;
  readonly name: string;
  readonly precision: string;
  readonly licence: string;
  /** May this company use it so, and what must it do? */
  readonly licensing: Licensing;
  readonly source: 'huggingface' | 'mirror' | 'modelscope';
  readonly repository: string;
  /** Commit, or null where berth.lock.yaml has none: then the repository's default branch. */
  readonly revision: string | null;
  readonly gated: boolean;
}

/** `digest` null where berth.lock.yaml has none: then the exact version tag. */
export interface ImagePlan {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | null;
}

export interface AcceleratorPlan {
  readonly id: string;
  readonly name: string;
  readonly resource: string;
  /** Per pod. */
  readonly count: number;
  /** Node label and the values that the pod accepts; null where no label is known. */
  readonly nodeLabel: { readonly key: string; readonly values: readonly string[] } | null;
  /** Further labels: cards that share a name, and nodes whose cards are shared out in parts. */
  readonly nodeConditions: readonly NodeCondition[];
  readonly tolerationKeys: readonly string[];
  readonly runtimeClass: string | null;
}

/** Seconds. startup budget > load; grace > pre-stop + shutdown timeout + teardown. */
export interface LifecyclePlan {
  readonly startupBudgetSeconds: number;
  readonly startupPeriodSeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly preStopSeconds: number;
  readonly shutdownTimeoutSeconds: number;
  readonly terminationGraceSeconds: number;
  /** How long the server waits for its weights to be complete, and the download Job may take. */
  readonly downloadDeadlineSeconds: number;
}

export interface WeightsPlan {
  /** `shared`: ReadWriteMany; `node-bound`: ReadWriteOnce, the Job follows the server to its node. */
  readonly kind: 'shared' | 'node-bound';
  readonly storageClass: string | null;
  readonly volumeName: string;
  readonly volumeGib: number;
  readonly mountPath: string;
  /** Folder of this revision inside the volume. */
  readonly folder: string;
  /**
   * Prefix of the download Job's name. A Job's template cannot change, so the construct appends eight hex digits of the
   * template's own hash, and after them `revisionSuffix` where the revision is known.
   */
  readonly jobName: string;
  /** First eight hex digits of the revision; null where it is unknown. */
  readonly revisionSuffix: string | null;
  /** Base address in place of huggingface.co; null for the hub's own. */
  readonly endpoint: string | null;
  /** Patterns never downloaded. */
  readonly exclude: readonly string[];
  /** Patterns not downloaded where the repository holds sharded or single safetensors as well: other formats of the same weights. */
  readonly excludeBesideSafetensors: readonly string[];
  readonly token: SecretKey | null;
  /** Hosts that the Job talks to, for the egress proxy's owner. */
  readonly hosts: readonly string[];
  readonly prune: 'keep';
}

/** Key of a Secret in the namespace. */
export interface SecretKey {
  readonly secretName: string;
  readonly key: string;
}

/** One Secret that must exist before the pods start. */
export interface SecretPlan extends SecretKey {
  readonly purpose: string;
  /** `external`: an ExternalSecret is emitted; `existing`: the user makes it. */
  readonly via: 'external' | 'existing';
  readonly ref: SecretRef;
}

export interface ScalingPlan {
  readonly serverAddress: string;
  /** Requests waiting for capacity, per replica, above which a replica is added. */
  readonly waitingThreshold: number;
  /** Requests running, per replica. */
  readonly runningThreshold: number;
  readonly pollingSeconds: number;
  readonly cooldownSeconds: number;
  readonly scaleUpStabilizationSeconds: number;
  readonly scaleUpPeriodSeconds: number;
  readonly scaleDownStabilizationSeconds: number;
  readonly fallbackReplicas: number;
}

export interface MonitoringPlan {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeIntervalSeconds: number;
  readonly serviceLevels: {
    readonly ttftSeconds: number | null;
    readonly interTokenSeconds: number | null;
    readonly availability: number | null;
  };
  /** Null where no Grafana loads dashboards from ConfigMaps. */
  readonly dashboard: DashboardPlan | null;
}

/** Where a dashboard goes. */
export interface DashboardPlan {
  /** Null: the environment's own. */
  readonly namespace: string | null;
  /** Null: the general one. */
  readonly folder: string | null;
}

export interface NetworkPlan {
  /** False where the cluster does not enforce policies: they are emitted all the same, and a finding says so. */
  readonly enforced: boolean | null;
  readonly ingress: readonly {
    readonly name: string;
    readonly why: string;
    readonly from: 'same-namespace' | { readonly namespace: string };
  }[];
  readonly downloadEgress: boolean;
}

export interface ExposurePlan {
  readonly mode: 'internal' | 'public';
  readonly via: 'gateway-api' | 'ingress';
  readonly host: string;
  readonly paths: readonly string[];
  /** 0: no limit at the proxy. */
  readonly timeoutSeconds: number;
  readonly tls: {
    readonly secretName: string;
    readonly issuer: { readonly name: string; readonly kind: string } | null;
  } | null;
  readonly gateway:
    | { readonly className: string }
    | { readonly name: string; readonly namespace: string }
    | null;
  readonly ingress: { readonly className: string } | null;
}
