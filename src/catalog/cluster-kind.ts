import * as z from 'zod';
import { Exposure, Identity, Network, RegistryMirror } from './cluster-kind-network.js';
import { Autoscaling, Driver, Gpu, Region, Storage } from './cluster-kind-nodes.js';
import { Id, provenance } from './facts.js';

/**
 * One entry of profiles/clusters/: what a kind of Kubernetes cluster has of its own, where upstream leaves it open. Null
 * and an absent key mean that no source says; `notVerified` names what a cluster of this kind must be asked.
 */
export const ClusterKindProfile = z.strictObject({
  id: Id,
  name: z.string(),
  vendor: z.string(),
  /** `public`: a cloud sells it; `private`: the customer runs it in a data centre; `edge`: on a machine on site. */
  place: z.enum(['public', 'private', 'edge']),
  /** Kind whose names it may share: a hint for questions, never a source of values. */
  resembles: Id.nullable().default(null),
  /** Ways to run nodes that differ in labels or add-ons; entries below may hold for one of them only. */
  modes: z.array(Id).min(1),
  gpu: Gpu,
  driver: Driver,
  autoscaling: Autoscaling,
  storage: Storage,
  exposure: Exposure,
  identity: Identity,
  network: Network,
  /** What the kind adds to upstream's Pod Security. */
  podSecurity: z.array(z.string()).default([]),
  /** Modes that give each namespace user ids of its own and refuse pods that choose theirs. */
  assignsUserIds: z.array(Id).default([]),
  /** From where nodes pull images of registries that they cannot reach. */
  registryMirrors: z.array(RegistryMirror).default([]),
  /** Regions in which machines or prices were read; not all that there are. */
  regions: z.array(Region).default([]),
  /** What differs from cluster to cluster: asked, never guessed. */
  questions: z.array(
    z.strictObject({
      ask: z.string(),
      /** Key of a selection that answers it; null: somebody looks at the cluster before the manifests go there. */
      key: z.string().nullable(),
    }),
  ),
  ...provenance,
});
export type ClusterKindProfile = z.infer<typeof ClusterKindProfile>;
