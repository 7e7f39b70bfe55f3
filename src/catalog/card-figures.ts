/** A card by its figures: gigabytes on the label, GB/s of its memory, dense 16-bit teraflops. */
export interface CardFigures {
  readonly id: string;
  readonly memoryGb: number;
  readonly memoryBandwidthGBs: number;
  readonly halfTflops: number;
}

/** The cards whose figures are known, so that one that is described by figures alone is recognized; profiles/accelerators says the same (tested). */
const CARDS: readonly (readonly [id: string, memoryGb: number, bandwidthGBs: number, halfTflops: number])[] =
  [
    ['a10', 24, 600, 125],
    ['a100-40-pcie', 40, 1555, 312],
    ['a100-40-sxm', 40, 1555, 312],
    ['a100-80-pcie', 80, 1935, 312],
    ['a100-80-sxm', 80, 2039, 312],
    ['a40', 48, 696, 149.7],
    ['a800-80-sxm', 80, 2039, 312],
    ['arc-pro-b60', 24, 456, 98.3],
    ['b200', 180, 7700, 2250],
    ['b300', 288, 7750, 2250],
    ['gaudi2', 96, 2450, 432],
    ['gaudi3', 128, 3700, 1677],
    ['gb200', 186, 8000, 2500],
    ['gb300', 288, 8000, 2500],
    ['gh200', 96, 4000, 989],
    ['h100-nvl', 94, 3900, 835],
    ['h100-pcie', 80, 2000, 756.5],
    ['h100-sxm', 80, 3350, 989],
    ['h20-141', 141, 4800, 148],
    ['h20', 96, 4000, 148],
    ['h200', 141, 4800, 989],
    ['h800', 80, 3350, 989],
    ['l20', 48, 864, 119.5],
    ['l4', 24, 300, 121],
    ['l40s', 48, 864, 362],
    ['mi300x', 192, 5300, 1307.4],
    ['mi325x', 256, 6000, 1307.4],
    ['mi355x', 288, 8000, 2516],
    ['rtx-3090', 24, 936, 71.2],
    ['rtx-4000-ada', 20, 360, 53],
    ['rtx-4090', 24, 1008, 165.2],
    ['rtx-4090d', 24, 1008, 147],
    ['rtx-5090', 32, 1792, 209.5],
    ['rtx-6000-ada', 48, 960, 364.2],
    ['rtx-a6000', 48, 768, 154.8],
    ['rtx-pro-6000-blackwell', 96, 1792, 467.8],
    ['t4', 16, 320, 65],
    ['v100-16', 16, 900, 125],
    ['v100-32', 32, 900, 125],
    ['v100s-32', 32, 1134, 130],
  ];

export const CARD_FIGURES: readonly CardFigures[] = CARDS.map(
  ([id, memoryGb, memoryBandwidthGBs, halfTflops]) => ({
    id,
    memoryGb,
    memoryBandwidthGBs,
    halfTflops,
  }),
);

/** Figures of one card differ by so much between sources. */
const BANDWIDTH_SHARE = 0.05;
const MEMORY_SHARE = 0.16;
/** Consumer cards are quoted with half or twice the rate, by the width of the accumulator. */
const RATES = [1, 0.5, 2];
const TFLOPS_SHARE = 0.06;

/** The known card that the figures describe; undefined where none is near in all three. */
export function cardByFigures(
  memoryGib: number,
  bandwidthGBs: number,
  halfTflops: number | undefined,
): string | undefined {
  const near = (value: number, known: number, share: number) => Math.abs(value / known - 1) <= share;
  const distance = ({ memoryGb, memoryBandwidthGBs, halfTflops: known }: CardFigures) =>
    Math.abs(memoryGib / memoryGb - 1) +
    Math.abs(bandwidthGBs / memoryBandwidthGBs - 1) +
    (halfTflops === undefined ? 0 : Math.abs(halfTflops / known - 1));
  return CARD_FIGURES.filter(
    (card) =>
      near(memoryGib, card.memoryGb, MEMORY_SHARE) &&
      near(bandwidthGBs, card.memoryBandwidthGBs, BANDWIDTH_SHARE) &&
      (halfTflops === undefined ||
        RATES.some((rate) => near(halfTflops, card.halfTflops * rate, TFLOPS_SHARE))),
  ).sort((a, b) => distance(a) - distance(b))[0]?.id;
}
