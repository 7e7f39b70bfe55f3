import * as z from 'zod';
import { AcceleratorProfile } from './accelerator.js';

/** An accelerator in a few figures, where no profile exists: memory is what sizes need, the rest is for throughput. */
export const AcceleratorFigures = z.strictObject({
  /** As the runtime reports it to the engine. */
  memoryGib: z.number().positive(),
  memoryBandwidthGBs: z.number().positive().optional(),
  bf16Tflops: z.number().positive().optional(),
  fp8Tflops: z.number().positive().optional(),
  fp4Tflops: z.number().positive().optional(),
  /** Between two accelerators of one node. */
  linkGBs: z.number().positive().optional(),
});
export type AcceleratorFigures = z.infer<typeof AcceleratorFigures>;

/** Slowest direct link, GB/s: the NVLink bridge of two cards; PCIe 5 has 64. */
const FAST_LINK_GBS = 100;

/** A profile of the figures. Number formats without a speed are unknown, not absent. */
export function acceleratorFromFigures(
  id: string,
  figures: AcceleratorFigures,
  checked: string,
): AcceleratorProfile {
  const { memoryGib, memoryBandwidthGBs, bf16Tflops, fp8Tflops, fp4Tflops, linkGBs } = figures;
  return AcceleratorProfile.parse({
    id,
    name: id,
    vendor: 'other',
    architecture: 'unknown',
    memory: { marketedGb: memoryGib, driverMib: null, runtimeGib: memoryGib },
    memoryBandwidthGBs: memoryBandwidthGBs ?? null,
    denseTflops: { bf16: bf16Tflops ?? null, fp8: fp8Tflops ?? null, fp4: fp4Tflops ?? null },
    interconnect: {
      fast: (linkGBs ?? 0) >= FAST_LINK_GBS,
      linkGBs: linkGBs ?? null,
      text: linkGBs === undefined ? 'unknown' : `${linkGBs} GB/s`,
    },
    powerWatts: null,
    computeCapability: null,
    supports: {
      bf16: true,
      fp8: fp8Tflops !== undefined ? true : null,
      fp8WeightOnly: null,
      fp4: fp4Tflops !== undefined ? true : null,
      awq: null,
      marlinInt4: null,
      int8: null,
    },
    kubernetes: { resource: null },
    image: null,
    checked,
    sources: { memory: id },
  });
}
