/** What the kind of cluster asks of the objects, beside what upstream Kubernetes asks. */
export interface PlatformPlan {
  /** Id in profiles/clusters/; null where the selection names none. */
  readonly kind: string | null;
  /** Null where the kind has one way only, or where nobody says which. */
  readonly mode: string | null;
  /** Kept next to Karpenter's own on every pod that holds or fills a volume. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** Labels by which pods of the download get credentials of the cloud. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** Null: the cluster's default scheduler. */
  readonly schedulerName: string | null;
  /** Secret by which nodes pull images; null where the registry asks for none. */
  readonly imagePullSecret: string | null;
  readonly dns: DnsPlan;
  /** Addresses that hand out credentials of the node; no pod reaches them. */
  readonly metadataAddresses: readonly string[];
  /** Annotations of an own Gateway's Service, so that its load balancer stays inside; empty where none are needed. */
  readonly loadBalancer: Readonly<Record<string, string>>;
}

/** Whom pods ask for addresses. */
export interface DnsPlan {
  /** Resolver pods; labels empty: every pod of the namespace. Null where no source says. */
  readonly pods: {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly port: number;
  } | null;
  /** Resolvers outside of pods, as CIDRs. */
  readonly addresses: readonly string[];
}

/** A condition on labels of nodes, beside the one that names the card. */
export interface NodeCondition {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** Nodes that come for one server and go when no pod needs them. */
export type PoolPlan = NodePoolPlan | ComputeClassPlan;

/** Nodes that Karpenter makes. */
export interface NodePoolPlan {
  readonly object: 'NodePool';
  readonly name: string;
  readonly nodeClass: { readonly group: string; readonly kind: string; readonly name: string };
  /** Node class that is emitted with it; null where an existing one is named. */
  readonly ec2: {
    readonly role: string;
    readonly discovery: string;
    readonly image: string;
    readonly diskGib: number;
  } | null;
  readonly requirements: readonly NodeCondition[];
  /** Taint keys: only pods with accelerators may go there, else one of another kind keeps an idle node alive. */
  readonly taintKeys: readonly string[];
  readonly resource: string;
  /** Most accelerators of all its nodes together. */
  readonly accelerators: number;
  readonly consolidateAfterMinutes: number;
  /** Time that a node which must go waits for its pods, s. */
  readonly terminationGraceSeconds: number;
}

/** Nodes that GKE makes. It has no limit of its own: the cluster's node auto-provisioning has. */
export interface ComputeClassPlan {
  readonly object: 'ComputeClass';
  readonly name: string;
  /** GKE's names of the card, any of which will do. */
  readonly cards: readonly string[];
  /** Cards of one node. */
  readonly cardsPerNode: number;
  /** In the order in which they are tried. */
  readonly capacity: readonly ('on-demand' | 'spot' | 'reserved')[];
  /** Null: any zone of the cluster. */
  readonly zones: readonly string[] | null;
  readonly consolidateAfterMinutes: number;
}
