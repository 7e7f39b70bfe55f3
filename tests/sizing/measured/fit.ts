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
 * The constants as the given rows alone give them: medians of the sampler's bytes and of the memory outside PyTorch, by
 * range of versions. Where no row is left, the nearest range that has rows lends its value: nothing of the rows held
 * back is known.
 */
export function fitConstants(rows: readonly MeasuredRow[]): OverheadConstants[] {
  const evidence = rows.flatMap(evidenceOf);
  return OVERHEADS.map((range, at) => {
    const fitted = (constant: Evidence['constant']) => nearestMedian(evidence, constant, at);
    const { nonTorchGib } = range;
    return {
      ...range,
      samplerBytesPerLogit: fitted('sampler') ?? range.samplerBytesPerLogit,
      nonTorchGib: {
        alone: fitted('alone') ?? nonTorchGib.alone,
        bridged: fitted('bridged') ?? nonTorchGib.bridged,
        linked: {
          2: fitted(2) ?? nonTorchGib.linked[2],
          4: fitted(4) ?? nonTorchGib.linked[4],
          8: fitted(8) ?? nonTorchGib.linked[8],
        },
      },
    };
  });
}

function nearestMedian(
  evidence: readonly Evidence[],
  constant: Evidence['constant'],
  at: number,
): number | null {
  const byDistance = OVERHEADS.map((range, index) => ({ range, distance: Math.abs(index - at) })).sort(
    (a, b) => a.distance - b.distance,
  );
  for (const { range } of byDistance) {
    const values = evidence
      .filter((entry) => entry.constant === constant && entry.from === range.from)
      .map(({ value }) => value)
      .sort((a, b) => a - b);
    if (values.length > 0) return values[Math.floor((values.length - 1) / 2)] ?? null;
  }
  return null;
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
