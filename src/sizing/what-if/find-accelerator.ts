import type { AcceleratorProfile } from '../../catalog/accelerator.js';
import { type AcceleratorFigures, acceleratorFromFigures } from '../../catalog/accelerator-from-figures.js';
import { cardByFigures } from '../../catalog/card-figures.js';
import type { Catalog } from '../../catalog/catalog.js';
import { didYouMean } from '../../catalog/nearest.js';
import { UserError } from '../../error.js';

export interface FoundAccelerator {
  readonly accelerator: AcceleratorProfile;
  readonly assumptions: readonly string[];
}

/** Short names that stand for the usual board of a family. */
const USUAL: Readonly<Record<string, string>> = {
  a100: 'a100-80-sxm',
  'a100-80': 'a100-80-sxm',
  'a100-40': 'a100-40-sxm',
  'a100-sxm': 'a100-80-sxm',
  'a100-pcie': 'a100-80-pcie',
  'a100-sxm4-80': 'a100-80-sxm',
  'a100-sxm4-40': 'a100-40-sxm',
  'a100-sxm-80': 'a100-80-sxm',
  'a100-sxm-40': 'a100-40-sxm',
  'a100-pcie-80': 'a100-80-pcie',
  'a100-pcie-40': 'a100-40-pcie',
  a800: 'a800-80-sxm',
  'a800-80': 'a800-80-sxm',
  'a800-sxm-80': 'a800-80-sxm',
  'a800-sxm4-80': 'a800-80-sxm',
  h100: 'h100-sxm',
  'h100-80': 'h100-sxm',
  'h100-sxm5': 'h100-sxm',
  'h100-sxm-80': 'h100-sxm',
  'h100-sxm5-80': 'h100-sxm',
  'h100-hbm3': 'h100-sxm',
  'h100-80-hbm3': 'h100-sxm',
  'h100-nvl-94': 'h100-nvl',
  'h100-pcie-80': 'h100-pcie',
  'h200-sxm': 'h200',
  'h200-sxm-141': 'h200',
  'h20-96': 'h20',
  'h20-3e': 'h20-141',
  'h20-3e-141': 'h20-141',
  'b200-sxm': 'b200',
  'b200-sxm-180': 'b200',
  'b300-sxm': 'b300',
  'b300-sxm-288': 'b300',
  'gb200-186': 'gb200',
  v100: 'v100-32',
  'v100-pcie-32': 'v100-32',
  'v100-sxm2-32': 'v100-32',
  'v100-sxm2-16': 'v100-16',
  v100s: 'v100s-32',
  'v100s-pcie-32': 'v100s-32',
  'rtx-pro-6000': 'rtx-pro-6000-blackwell',
  'pro-6000': 'rtx-pro-6000-blackwell',
  'rtx-pro-5000': 'rtx-pro-5000-blackwell-48',
  a6000: 'rtx-a6000',
  '3090': 'rtx-3090',
  '4090': 'rtx-4090',
  '4090d': 'rtx-4090d',
  '5090': 'rtx-5090',
  'dgx-spark': 'gb10',
  'dgx-spark-gb10': 'gb10',
  'spark-gb10': 'gb10',
};

const MAKERS = /\b(nvidia|amd|intel|huawei|tesla|geforce|instinct|graphics|gpu|generation|tensor|core)\b/g;

/** The id that a card's name stands for, in any spelling that its driver, a label or a benchmark uses. */
export function acceleratorId(name: string, ids: readonly string[]): string | undefined {
  const words = name
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(MAKERS, ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/(\d)gi?b\b/g, '$1')
    .replace(/^rtx(\d)/, 'rtx-$1');
  const short = words.replace(/-\d+$/, '');
  const dense = (text: string) => text.replaceAll('-', '');
  const spelled = (wanted: string) => ids.find((id) => dense(id) === dense(wanted));
  return spelled(words) ?? USUAL[words] ?? spelled(short) ?? USUAL[short];
}

/**
 * The card of a what-if: by name, or described by figures. Figures that are those of a known card bring what else is
 * known of it: its kind, what it supports, its memory as the runtime reports it.
 * @param memoryGib Memory as its driver reports it: enough for the size of a card that nobody knows.
 * @throws UserError where the catalogue has no card of the name, and its memory is not given either.
 */
export function findAccelerator(
  asked: string | AcceleratorFigures | undefined,
  catalog: Catalog,
  today: string,
  memoryGib?: number,
): FoundAccelerator {
  if (asked === undefined || asked === '') return nameless(memoryGib, today);
  if (typeof asked !== 'string') return byFigures(asked, catalog, today);
  const ids = catalog.ids('accelerators');
  const exact = catalog.accelerator(asked.toLowerCase());
  if (exact !== undefined) return { accelerator: exact, assumptions: [] };
  const id = acceleratorId(asked, ids);
  const accelerator = id === undefined ? undefined : catalog.accelerator(id);
  if (accelerator !== undefined)
    return { accelerator, assumptions: [`${asked} is taken as ${accelerator.id}`] };
  if (memoryGib !== undefined) {
    const unknown = acceleratorFromFigures('described', { memoryGib }, today);
    return {
      accelerator: unknown,
      assumptions: [`${asked} is not in the catalogue: only its memory is known`],
    };
  }
  const near = didYouMean(asked, ids);
  throw new UserError('nothing was sized', [
    {
      message: `no accelerator '${asked}' in the catalogue`,
      fix: [
        ...(near === undefined ? [] : [near]),
        'berth list accelerators shows what there is; one can be described by its figures too',
      ],
    },
  ]);
}

/** A card of which nothing but its memory is said. */
function nameless(memoryGib: number | undefined, today: string): FoundAccelerator {
  if (memoryGib !== undefined) {
    const accelerator = acceleratorFromFigures('described', { memoryGib }, today);
    return { accelerator, assumptions: ['no accelerator is named: only its memory is known'] };
  }
  throw new UserError('nothing was sized', [
    { message: 'accelerator is missing', fix: 'give an id such as h100-sxm, or figures with memoryGib' },
  ]);
}

function byFigures(figures: AcceleratorFigures, catalog: Catalog, today: string): FoundAccelerator {
  const described = acceleratorFromFigures('described', figures, today);
  const { memoryGib, memoryBandwidthGBs, bf16Tflops, linkGBs } = figures;
  const id =
    memoryBandwidthGBs === undefined ? undefined : cardByFigures(memoryGib, memoryBandwidthGBs, bf16Tflops);
  const known = id === undefined ? undefined : catalog.accelerator(id);
  if (known === undefined)
    return {
      accelerator: described,
      assumptions: ['the accelerator is no known card: only its figures count'],
    };
  const stated = Object.fromEntries(
    Object.entries(described.denseTflops).filter(([, value]) => value !== null),
  );
  return {
    accelerator: {
      ...known,
      memory: { ...known.memory, runtimeGib: runtimeMemory(memoryGib, known) },
      memoryBandwidthGBs: described.memoryBandwidthGBs,
      denseTflops: { ...known.denseTflops, ...stated },
      interconnect: linkGBs === undefined ? known.interconnect : described.interconnect,
    },
    assumptions: [`the accelerator's figures are those of ${known.id}`],
  };
}

/** A whole number that the label bears is the label's; the runtime reports less. */
function runtimeMemory(memoryGib: number, { memory }: AcceleratorProfile): number {
  const label = Number.isInteger(memoryGib) && Math.abs(memoryGib / memory.marketedGb - 1) < 0.02;
  return label && memory.runtimeGib !== null ? memory.runtimeGib : memoryGib;
}
