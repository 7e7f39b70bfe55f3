import type { AcceleratorPlan, NetworkPlan, SecretKey } from './plan.js';
import type { PlatformPlan } from './platform-plan.js';

/** Views of an object from one picture: no language model, no OpenAI interface, no chat gateway in front of it. */
export interface ImageTo3dPlan {
  readonly run: 'service' | 'job';
  readonly variant: 'research' | 'commercial-c';
  /** Id in profiles/licences/, and who acknowledged it for the company. */
  readonly licence: { readonly id: string; readonly acknowledgedBy: string; readonly purpose: string };
  /** By digest; there is no official one. */
  readonly image: string;
  readonly imagePullSecret: string | null;
  readonly command: readonly string[];
  /** Where the program looks for its checkpoint. */
  readonly checkpointsPath: string;
  readonly user: { readonly uid: number; readonly gid: number };
  readonly accelerator: AcceleratorPlan;
  readonly acceleratorMemoryGb: number;
  readonly resources: {
    readonly cpus: number;
    readonly memoryGib: number;
    readonly ephemeralStorageGib: number;
  };
  readonly port: number;
  readonly replicas: number;
  /** Volume with pictures and results; null for the service, whose results lie in its pod. */
  readonly pictures: { readonly claimName: string; readonly mountPath: string } | null;
  /** Longest time of a batch, s; null for the service. */
  readonly deadlineSeconds: number | null;
  readonly checkpoint: CheckpointPlan;
  readonly network: NetworkPlan;
  readonly platform: PlatformPlan;
}

export interface CheckpointPlan {
  readonly repository: string;
  readonly revision: string | null;
  readonly file: string;
  /** The other variant's file: another licence, never fetched. */
  readonly exclude: readonly string[];
  readonly token: SecretKey;
  /** Image with Python and huggingface_hub, by digest. */
  readonly downloadImage: string;
  readonly volumeGib: number;
  readonly shared: boolean;
  readonly storageClass: string | null;
  readonly folder: string;
}
