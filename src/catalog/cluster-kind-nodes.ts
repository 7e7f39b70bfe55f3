import * as z from 'zod';
import { Day, Id } from './facts.js';

const notes = z.array(z.string()).default([]);
/** The mode of the kind that an entry holds for. @default every mode */
const mode = Id.optional();

const Taint = z.strictObject({
  key: z.string(),
  value: z.string().optional(),
  /** Absent where no source gives it. */
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  /** `default`: the kind sets it; `convention`: its guides advise it; `seen`: on live clusters, by a third party. */
  set: z.enum(['default', 'convention', 'seen']),
});

/** Labels by which pods choose nodes. */
const NodeLabels = z.strictObject({
  mode,
  /** Tells the card or the machine. Null: no source gives one, the nodes must be asked. */
  key: z.string().nullable(),
  /** `product`: values name cards; `instance-type`: they name machines. */
  by: z.enum(['product', 'instance-type']),
  /** Values by accelerator. An accelerator without values here: its own product labels, or the machine's type. */
  values: z.record(Id, z.array(z.string()).min(1)).default({}),
  /** Second label by accelerator, where the first has one value for several cards. */
  apart: z.record(Id, z.strictObject({ key: z.string(), values: z.array(z.string()).min(1) })).default({}),
  /** Further labels by what they tell: `count`, `memoryMib`, `capacity`, `pool`, `driver` … */
  more: z.record(z.string(), z.string()).default({}),
});

export const Gpu = z.strictObject({
  /** Resources that stand for whole cards. None: the nodes must be asked. */
  resources: z.array(z.string()),
  /** Where the resource itself names the card. */
  resourceOf: z.record(Id, z.string()).default({}),
  /** Pods of accelerators must name this scheduler. */
  schedulerName: z.string().optional(),
  labels: z.array(NodeLabels),
  /** Taints of GPU nodes; null where no source says. */
  taints: z.array(Taint).nullable(),
  /** Labels of nodes whose cards are shared out in parts: serving stays off them. No values: any value. */
  sharedWhere: z
    .array(z.strictObject({ key: z.string(), values: z.array(z.string()).default([]) }))
    .default([]),
  notes,
});

export const Driver = z.strictObject({
  /** What nodes get where nobody chooses. Null where no source says. */
  usual: z.string().nullable(),
  /** Whether the usual driver runs images of CUDA 13 (580 and newer); null: must be asked. */
  cuda13: z.boolean().nullable(),
  /** How a pool gets another driver. */
  choose: z.string().nullable(),
  /** Variables without which an image does not find the driver. `cuda-12`: images built for CUDA 12 only; `without-cuda`: images that stand on no CUDA base image. */
  environment: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.string(),
        images: z.enum(['cuda-12', 'without-cuda', 'all']),
      }),
    )
    .default([]),
  notes,
});

export const Autoscaling = z.strictObject({
  /** Objects by which pools of nodes are made inside the cluster. None: pools are made outside of it. */
  pools: z.array(
    z.strictObject({
      mode,
      apiVersion: z.string(),
      kind: z.string(),
      /** The object that says what a node is made of. */
      nodeClass: z.strictObject({ apiVersion: z.string(), kind: z.string() }).optional(),
      /** Paths that an object needs. */
      fields: z.array(z.string()).default([]),
    }),
  ),
  /** Whether a pool can have no node. Null where no source says. */
  scaleToZero: z.boolean().nullable(),
  /** What keeps the autoscaler from moving a pod. */
  podAnnotations: z.record(z.string(), z.string()).default({}),
  notes,
});

export const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany'] as const;

const StorageClass = z.strictObject({
  mode,
  /** Null: the cluster ships none, its owner names one. */
  name: z.string().nullable(),
  access: z.array(z.enum(ACCESS_MODES)).min(1),
  /** Null where no source gives it. */
  provisioner: z.string().nullable(),
  /** True where clusters of the kind come with it. */
  shipped: z.boolean(),
  /** Binds to the node of the first pod. Null where no source says. */
  waitsForPod: z.boolean().nullable().default(null),
  /** False: volumes are made by hand. */
  dynamic: z.boolean().default(true),
  /** Null: the owner must say. */
  parameters: z.record(z.string(), z.string().nullable()).default({}),
  mountOptions: z.array(z.string()).default([]),
  note: z.string().optional(),
});

export const Storage = z.strictObject({ classes: z.array(StorageClass), notes });

const Machine = z.strictObject({
  type: z.string(),
  /** Null where the catalogue has no entry of the card. */
  accelerator: Id.nullable(),
  /** The card's name where `accelerator` is null. */
  card: z.string().optional(),
  /** Cards; null where no source gives it. */
  count: z.int().positive().nullable(),
  /** On-demand list price of the whole machine, per hour, before tax and storage. Null where none was read. */
  pricePerHour: z.number().positive().nullable(),
  /** Where they differ from the region's. */
  date: Day.optional(),
  source: z.string().optional(),
  note: z.string().optional(),
});

export const Region = z.strictObject({
  /** The vendor's word; null where a list holds for several. */
  id: Id.nullable(),
  /** Null where no price was read. */
  currency: z.enum(['USD', 'CNY']).nullable(),
  /** Day of the list; null where it carries none. */
  date: Day.nullable(),
  source: z.string(),
  machines: z.array(Machine).min(1),
  note: z.string().optional(),
});
