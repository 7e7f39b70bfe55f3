import type { AcceleratorProfile } from '../catalog/accelerator.js';

/**
 * GiB that the runtime keeps for itself: nvidia-smi's figure less the engine's, on 16 NVIDIA cards 0.4 to 0.9 GiB.
 * Ascend: npu-smi less torch_npu, 2.5 to 3.0 GiB.
 */
const DRIVER_DIFFERENCE_GIB = { huawei: 2.8, other: 0.5 } as const;

export interface AcceleratorMemory {
  readonly gib: number;
  /** What the figure rests on, where it is not the runtime's own. */
  readonly assumption: string | null;
}

/** Memory of one accelerator as the engine sees it, or null where the profile gives no figure at all. */
export function acceleratorMemory(profile: AcceleratorProfile, given: number | undefined): AcceleratorMemory {
  const { runtimeGib, driverMib, marketedGb } = profile.memory;
  if (given !== undefined) return { gib: given, assumption: null };
  if (runtimeGib !== null) return { gib: runtimeGib, assumption: null };
  const less = profile.vendor === 'huawei' ? DRIVER_DIFFERENCE_GIB.huawei : DRIVER_DIFFERENCE_GIB.other;
  if (driverMib !== null) {
    const gib = driverMib / 1024 - less;
    return {
      gib,
      assumption: `${profile.id}: no start was measured; memory is the driver's ${driverMib} MiB less ${less} GiB`,
    };
  }
  // Marketed gigabytes are 10^9 bytes.
  const gib = (marketedGb * 1e9) / 2 ** 30 - less;
  return {
    gib,
    assumption: `${profile.id}: memory is unknown beyond the label's ${marketedGb} GB, taken as ${gib.toFixed(2)} GiB`,
  };
}
