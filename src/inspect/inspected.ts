import type { Claim } from './claim.js';
import type { Container } from './container.js';
import type { DisruptionBudget } from './disruption-budget.js';
import type { Engine } from './engine.js';
import type { Monitor } from './monitor.js';
import type { NetworkPolicy } from './network-policy.js';
import type { Query, Rule } from './query.js';
import type { Route } from './route.js';
import type { Scaler } from './scaler.js';
import type { ManagedSecret, SecretReference } from './secret-reference.js';
import type { Service } from './service.js';
import type { KubernetesObject } from './types.js';
import type { Workload } from './workload.js';

/** One container that serves a model. */
export interface Server {
  readonly workload: Workload;
  readonly container: Container;
  readonly engine: Engine;
  /** `Deployment/server container server`: what findings call it. */
  readonly subject: string;
  readonly scalers: readonly Scaler[];
  /** Most pods that there may be at once: a scaler's maximum, else `replicas`, else 1. */
  readonly maxReplicas: number;
}

/** What a set of manifests deploys, read from the objects alone. */
export interface Inspected {
  readonly objects: readonly KubernetesObject[];
  /** Namespaces that the objects stand in or are; labels where the set holds the Namespace itself. */
  readonly namespaces: readonly {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly workloads: readonly Workload[];
  readonly servers: readonly Server[];
  readonly services: readonly Service[];
  readonly claims: readonly Claim[];
  readonly budgets: readonly DisruptionBudget[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly scalers: readonly Scaler[];
  readonly monitors: readonly Monitor[];
  readonly rules: readonly Rule[];
  /** Every PromQL query: of rules, scalers and dashboards. */
  readonly queries: readonly Query[];
  readonly routes: readonly Route[];
  readonly secretReferences: readonly SecretReference[];
  readonly managedSecrets: readonly ManagedSecret[];
}
