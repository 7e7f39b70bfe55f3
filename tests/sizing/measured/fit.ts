import { GIB } from '../../../src/sizing/gib.js';
import { constantsFor } from '../../../src/sizing/overhead.js';
import { OVERHEADS, type OverheadConstants } from '../../../src/sizing/overhead-constants.js';
import { sizeOnce } from '../../../src/sizing/size-once.js';
import { type MeasuredRow, requestOf } from './rows.js';

/** What one start says about a constant of its range. */
interface Evidence {
  readonly from: string;
  readonly constant: 'sampler' | 'alone' | 'bridged' | 2 | 4 | 8;
  readonly value: number;
}

/**
 * The constants as the given rows alone give them: medians of the sampler's bytes, over all versions with the same sampler,
 * and of the memory outside PyTorch, by range of versions. Where no row is left, another parallel size of the same range
 * lends its value, else the nearest range that has rows: nothing of the rows held back is known.
 */
export function fitConstants(rows: readonly MeasuredRow[]): OverheadConstants[] {
  const evidence = rows.flatMap(evidenceOf);
  return OVERHEADS.map((range, at) => {
    const fitted = (...constants: Evidence['constant'][]) => nearestMedian(evidence, constants, at);
    const { nonTorchGib } = range;
    return {
      ...range,
      samplerBytesPerLogit: sameSampler(evidence, range) ?? range.samplerBytesPerLogit,
      nonTorchGib: {
        alone: fitted('alone') ?? nonTorchGib.alone,
        bridged: fitted('bridged') ?? nonTorchGib.bridged,
        linked: {
          2: fitted(2, 4) ?? nonTorchGib.linked[2],
          4: fitted(4, 2) ?? nonTorchGib.linked[4],
          8: fitted(8) ?? nonTorchGib.linked[8],
        },
      },
    };
  });
}

function sameSampler(evidence: readonly Evidence[], { sampler }: OverheadConstants): number | null {
  const alike = OVERHEADS.filter((range) => range.sampler === sampler).map(({ from }) => from);
  return medianOf(evidence, (entry) => entry.constant === 'sampler' && alike.includes(entry.from));
}

/** By the nearest range that says anything of one of the constants; in it the first of them that it knows. */
function nearestMedian(
  evidence: readonly Evidence[],
  constants: readonly Evidence['constant'][],
  at: number,
): number | null {
  const byDistance = OVERHEADS.map((range, index) => ({ range, distance: Math.abs(index - at) })).sort(
    (a, b) => a.distance - b.distance,
  );
  for (const { range } of byDistance) {
    for (const constant of constants) {
      const found = medianOf(evidence, (entry) => entry.constant === constant && entry.from === range.from);
      if (found !== null) return found;
    }
  }
  return null;
}

function medianOf(evidence: readonly Evidence[], counts: (entry: Evidence) => boolean): number | null {
  const values = evidence
    .filter(counts)
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  return values[Math.floor((values.length - 1) / 2)] ?? null;
}

function evidenceOf(row: MeasuredRow): Evidence[] {
  const request = requestOf(row);
  if (request === null) return [];
  const constants = constantsFor(row.engine, OVERHEADS);
  const { from } = constants;
  const found: Evidence[] = [];
  if (row.nonTorchGib !== null) {
    const tp = row.tensorParallelSize;
    const width = tp <= 2 ? 2 : tp <= 4 ? 4 : 8;
    const constant = tp === 1 ? 'alone' : request.accelerator.interconnect.fast ? width : 'bridged';
    found.push({ from, constant, value: row.nonTorchGib });
  }
  if (row.activationGib !== null) {
    const { settings, perGpu } = sizeOnce(request);
    const logitsGib = (settings.maxNumSeqs * (request.model.architecture.vocabSize ?? 0)) / GIB;
    const bytes = constants.samplerBytesPerLogit + (row.activationGib - perGpu.activationGib) / logitsGib;
    // Only where the sampler is what peaks does the activation say anything about it.
    if (perGpu.activationGib < 1.3 * logitsGib * constants.samplerBytesPerLogit) {
      found.push({ from, constant: 'sampler', value: bytes });
    }
  }
  return found;
}
