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
  }),
  memoryBandwidthGBs: z.number().positive().nullable(),
  /** Dense teraflops or teraops by number format. */
  denseTflops: z.record(z.string(), z.number().positive().nullable()),
  /** Between the accelerators of one node. */
  interconnect: z.strictObject({
    /** True where every pair is joined by NVLink, Infinity Fabric or the like. */
    fast: z.boolean(),
    text: z.string(),
  }),
  powerWatts: z.number().positive().nullable(),
  computeCapability: z.string().nullable(),
  supports: z.strictObject({
    bf16: z.boolean(),
    fp8: z.boolean(),
    fp8WeightOnly: z.boolean(),
    fp4: z.boolean(),
    awq: z.boolean(),
    marlinInt4: z.boolean(),
    int8: z.boolean(),
  }),
  kubernetes: z.strictObject({
    resource: z.string().nullable(),
    /** Values of the product label, most common first. */
    productLabels: z.array(z.string()).default([]),
    productLabelKey: z.string().default('nvidia.com/gpu.product'),
  }),
  /** Public engine image of the platform, without a tag. Null where none is known. */
  image: z.string().nullable(),
  /** Set for cards whose driver licence forbids data-centre use. */
  datacentreRestriction: z.string().nullable().default(null),
  prices: z
    .array(
      z.strictObject({
        what: z.string(),
        amount: z.array(z.number()),
        unit: z.string(),
        date: z.string(),
        source: z.string(),
      }),
    )
    .default([]),
  ...provenance,
});
export type AcceleratorProfile = z.infer<typeof AcceleratorProfile>;
