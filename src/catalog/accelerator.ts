import * as z from 'zod';
import { Id, provenance } from './facts.js';

/** One entry of profiles/accelerators/: a GPU or NPU model as hardware. */
export const AcceleratorProfile = z.strictObject({
  id: Id,
  name: z.string(),
  vendor: z.enum(['nvidia', 'amd', 'huawei', 'intel', 'other']),
  architecture: z.string(),
  memory: z.strictObject({
    /** As the label says, GB. */
    marketedGb: z.number().positive(),
    /** As the driver's tool reports it (nvidia-smi), MiB. */
    driverMib: z.number().positive().nullable(),
    /** As the runtime (CUDA, HIP) reports it to the engine, GiB: what gpuMemoryUtilization multiplies. */
    runtimeGib: z.number().positive().nullable(),
    runtimeSource: z.string().nullable().default(null),
    /** Lowest and highest seen where hosts differ. */
    runtimeRangeGib: z.tuple([z.number().positive(), z.number().positive()]).optional(),
  }),
  memoryBandwidthGBs: z.number().positive().nullable(),
  /** Dense teraflops or teraops by number format. */
  denseTflops: z.record(z.string(), z.number().positive().nullable()),
  /** Between the accelerators of one node. */
  interconnect: z.strictObject({
    /** True where every pair is joined by NVLink, Infinity Fabric or the like. */
    fast: z.boolean(),
    /** Speed between two of them, one direction; null where no source gives it. PCIe by its generation at 16 lanes. */
    linkGBs: z.number().positive().nullable().default(null),
    text: z.string(),
  }),
  powerWatts: z.number().positive().nullable(),
  computeCapability: z.string().nullable(),
  /** What the engine can run on it; null where no source says. */
  supports: z.strictObject({
    bf16: z.boolean().nullable(),
    fp8: z.boolean().nullable(),
    fp8WeightOnly: z.boolean().nullable(),
    fp4: z.boolean().nullable(),
    awq: z.boolean().nullable(),
    marlinInt4: z.boolean().nullable(),
    int8: z.boolean().nullable(),
  }),
  kubernetes: z.strictObject({
    resource: z.string().nullable(),
    /** Values of the product label, most common first. Empty where the platform has no such label. */
    productLabels: z.array(z.string()).default([]),
    productLabelKey: z.string().default('nvidia.com/gpu.product'),
    /** kubernetes.io/arch of its nodes. */
    nodeArch: z.enum(['amd64', 'arm64']).default('amd64'),
    /** MIG profiles and how many of each one card makes. */
    migProfiles: z.record(z.string(), z.int().positive()).default({}),
  }),
  /** Public engine image of the platform, without a tag. Null where none is known. */
  image: z.string().nullable(),
  /** Set for cards whose driver licence forbids data-centre use. */
  datacentreRestriction: z.string().nullable().default(null),
  prices: z
    .array(
      z.strictObject({
        what: z.string(),
        /** One figure, or the ends of a range. */
        amount: z.array(z.number()),
        /** `USD/h`, `CNY`, `CNY/year` … for one card unless `what` says otherwise. */
        unit: z.string(),
        /** Null where the source carries no date. */
        date: z.string().nullable(),
        source: z.string(),
      }),
    )
    .default([]),
  ...provenance,
});
export type AcceleratorProfile = z.infer<typeof AcceleratorProfile>;
