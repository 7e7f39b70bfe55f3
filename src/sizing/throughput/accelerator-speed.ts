import type { AcceleratorProfile } from '../../catalog/accelerator.js';

/** Kinds of accelerator that run at different shares of their peaks. */
export type CardClass = 'blackwell' | 'cdna3' | 'cdna4' | 'other';

/** One accelerator as far as speed goes; bytes and operations a second. */
export interface AcceleratorSpeed {
  readonly cardClass: CardClass;
  readonly bandwidth: number;
  readonly peak16: number;
  readonly peak8: number | null;
  readonly peakInt8: number | null;
  readonly peak4: number | null;
  /** Between two accelerators, one direction. */
  readonly link: number;
  /** Direct links, not PCIe. */
  readonly direct: boolean;
}

/** One direction, GB/s, where a profile gives no figure: NVLink 4, PCIe 4. */
const USUAL_LINK_GBS = { direct: 450, bridged: 32 } as const;

/** Speeds from the profile, or what it lacks. */
export function acceleratorSpeed(
  profile: AcceleratorProfile,
): AcceleratorSpeed | { readonly missing: string } {
  const { denseTflops, memoryBandwidthGBs, interconnect } = profile;
  const half = denseTflops.bf16 ?? denseTflops.fp16 ?? null;
  if (memoryBandwidthGBs === null) return { missing: `${profile.id}: memory bandwidth` };
  if (half === null) return { missing: `${profile.id}: 16-bit teraflops` };
  const tera = (value: number | null | undefined) =>
    value === null || value === undefined ? null : value * 1e12;
  const usual = interconnect.fast ? USUAL_LINK_GBS.direct : USUAL_LINK_GBS.bridged;
  return {
    cardClass: cardClass(profile.architecture),
    bandwidth: memoryBandwidthGBs * 1e9,
    peak16: half * 1e12,
    peak8: tera(denseTflops.fp8),
    peakInt8: tera(denseTflops.int8),
    peak4: tera(denseTflops.fp4),
    link: (interconnect.linkGBs ?? usual) * 1e9,
    direct: interconnect.fast,
  };
}

function cardClass(architecture: string): CardClass {
  if (/blackwell/i.test(architecture)) return 'blackwell';
  if (/cdna ?3/i.test(architecture)) return 'cdna3';
  return /cdna ?4/i.test(architecture) ? 'cdna4' : 'other';
}
