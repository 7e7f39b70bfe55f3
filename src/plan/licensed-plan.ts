import type { AcceleratorPlan, ImagePlan, NetworkPlan, SecretKey } from './plan.js';
import type { PlatformPlan } from './platform-plan.js';

/** Key of its Secret that NVIDIA's operator reads; it knows no other (k8s-nim-operator, nimservice_types.go). */
export const OPERATOR_KEY = 'NGC_API_KEY';

/** A container that its vendor licenses: everything in it was given, nothing is known beside that. */
export interface LicensedPlan {
  /** Short stable name of its objects. */
  readonly name: string;
  readonly vendor: string;
  readonly preset: string | null;
  readonly image: ImagePlan & { readonly digest: string };
  readonly imagePullSecret: string | null;
  readonly servedModelName: string;
  readonly wire: 'openai-chat' | 'custom';
  readonly port: number;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly accelerator: AcceleratorPlan;
  readonly resources: {
    readonly cpus: number;
    readonly memoryGib: number;
    readonly sharedMemoryGib: number;
    readonly ephemeralStorageGib: number;
  };
  readonly user: { readonly uid: number; readonly gid: number };
  readonly licence: LicencePlan;
  /** Null: the vendor documents none; then the open port alone counts. */
  readonly probes: {
    readonly startup: string;
    readonly liveness: string;
    readonly readiness: string;
  } | null;
  readonly startupBudgetSeconds: number;
  readonly shutdownSeconds: number;
  /** Volume that the container writes to; null where it needs none. */
  readonly storage: {
    readonly mountPath: string;
    readonly sizeGib: number;
    readonly storageClass: string | null;
    readonly shared: boolean;
  } | null;
  readonly egressHosts: readonly string[];
  readonly metrics: { readonly port: number; readonly path: string } | null;
  /** Alerts, and a scrape where there are metrics; null where the cluster reads no PrometheusRule. */
  readonly monitored: { readonly labels: Readonly<Record<string, string>> } | null;
  readonly eulaAcceptedBy: string | null;
  readonly replicas: number;
  readonly network: NetworkPlan;
  readonly platform: PlatformPlan;
  /** NIMService and NIMCache in place of a Deployment. */
  readonly operator: boolean;
}

/** By what the container proves that it may run. */
export type LicencePlan =
  | { readonly kind: 'env-key'; readonly variable: string; readonly secret: SecretKey }
  | { readonly kind: 'file'; readonly mountPath: string; readonly secret: SecretKey }
  | {
      readonly kind: 'licence-server';
      readonly host: string;
      readonly port: number;
      readonly at: { readonly namespace: string } | { readonly cidr: string };
      readonly waitImage: string;
    }
  | {
      readonly kind: 'node-fingerprint';
      readonly nodeLabel: { readonly key: string; readonly values: readonly string[] };
    }
  | { readonly kind: 'contract-only' };
