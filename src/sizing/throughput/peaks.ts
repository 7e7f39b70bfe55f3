import type { Checkpoint } from '../../catalog/model.js';
import type { AcceleratorSpeed } from './accelerator-speed.js';

/** One kind of arithmetic: operations a second, and how many bits it works in. */
export interface Peak {
  readonly flops: number;
  readonly bits: 16 | 8 | 4;
}

/** The arithmetic that dense matrices and experts run in. */
export interface Peaks {
  readonly dense: Peak;
  readonly experts: Peak;
}

/** Weights that are unpacked to 16 bits take 16-bit arithmetic; so does what the card has no arithmetic for. */
export function peaksFor({ precision }: Checkpoint, card: AcceleratorSpeed, hasExperts: boolean): Peaks {
  const half: Peak = { flops: card.peak16, bits: 16 };
  const eight: Peak = card.peak8 === null ? half : { flops: card.peak8, bits: 8 };
  const four: Peak = card.peak4 === null ? eight : { flops: card.peak4, bits: 4 };
  if (precision === 'fp8') return both(eight);
  if (precision === 'int8') {
    return both(card.peakInt8 === null ? eight : { flops: card.peakInt8, bits: 8 });
  }
  if (precision === 'mxfp4') return { dense: half, experts: card.peak4 === null ? half : four };
  // Published NVFP4 checkpoints with experts keep attention in more bits.
  if (precision === 'nvfp4') return hasExperts ? { dense: eight, experts: four } : both(four);
  return both(half);
}

function both(peak: Peak): Peaks {
  return { dense: peak, experts: peak };
}
