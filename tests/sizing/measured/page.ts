import { constantsFor } from '../../../src/sizing/overhead.js';
import { OVERHEADS } from '../../../src/sizing/overhead-constants.js';
import { cardOf, familyOf } from './folds.js';
import { type ErrorSummary, type Graded, isAskableFailure, summarize } from './grade.js';
import { type SpeedAccuracy, speedSection } from './speed-page.js';

export interface Accuracy {
  readonly inSample: readonly Graded[];
  readonly byFamily: readonly Graded[];
  readonly byCard: readonly Graded[];
  readonly speed: SpeedAccuracy;
}

/** docs/accuracy.md. Plain figures: no day, no duration, so that the page changes only when the sizer does. */
export function accuracyPage(accuracy: Accuracy): string {
  const { inSample } = accuracy;
  const sized = inSample.filter(({ sizing }) => sizing !== null);
  return `${[
    '# How far sizes are from measurements',
    'Written by `tests/sizing/measurements.test.ts` (`BERTH_WRITE_DOCS=1` writes it anew); do not edit. The sizer is',
    'asked for every start-up of `tests/fixtures/measurements/kv-cache.csv`, with the settings that its log states and the',
    "engine's defaults for the rest, and its answer is held against the log.\n",
    ...errors(accuracy),
    ...starts(inSample),
    ...failures(inSample),
    '## By slice\n',
    'Error of the KV cache in GiB.\n',
    ...slice('card', sized, ({ row }) => cardOf(row)),
    ...slice('engine', sized, ({ row }) => constantsFor(row.engine, OVERHEADS).engines),
    ...slice('architecture', sized, ({ row }) => row.architecture),
    ...slice('quantization', sized, ({ row }) => row.precision.replace(/ .*/, '')),
    ...slice('family', sized, ({ row }) => familyOf(row)),
    ...worst(sized),
    ...uncovered(inSample),
    ...caveats(),
    '',
    ...speedSection(accuracy.speed),
  ].join('\n')}\n`;
}

function errors({ inSample, byFamily, byCard }: Accuracy): string[] {
  const line = (name: string, what: string, summary: ErrorSummary) =>
    `| ${name} | ${what} | ${summary.count} | ${percent(summary.median)} | ${percent(summary.mean)} | ${percent(summary.p90)} |`;
  const both = (name: string, graded: readonly Graded[]) => [
    line(name, 'GiB', summarize(graded.map(({ kvError }) => kvError))),
    line(name, 'tokens', summarize(graded.map(({ tokenError }) => tokenError))),
  ];
  return [
    '## Error of the KV cache\n',
    "In sample: the constants of `src/sizing/overhead-constants.ts`. Held out: the sampler's bytes and the memory outside",
    'PyTorch are fitted anew without any row of the family or card that is graded.\n',
    '| constants | of | rows | median | mean | 90th percentile |',
    '|---|---|---|---|---|---|',
    ...both('in sample', inSample),
    ...both('family held out', byFamily),
    ...both('card held out', byCard),
    ...both('in sample, one value a configuration', byCluster(inSample)),
    '',
  ];
}

/** Near-copies of one configuration count once: the first row stands for them. */
function byCluster(graded: readonly Graded[]): Graded[] {
  return graded.filter(
    ({ row }, at) => graded.findIndex((other) => other.row.cluster === row.cluster) === at,
  );
}

function starts(graded: readonly Graded[]): string[] {
  const sized = graded.filter(({ sizing, row }) => sizing !== null && row.started);
  const said = (verdict: string) => sized.filter(({ sizing }) => sizing?.verdict === verdict);
  const inside = sized.filter(({ sizing, row }) => {
    const [low, high] = sizing?.kvCacheGibRange ?? [0, 0];
    return row.kvGib !== null && row.kvGib >= low - 0.01 && row.kvGib <= high + 0.01;
  });
  const withGib = sized.filter(({ row }) => row.kvGib !== null);
  return [
    '## Engines that started\n',
    `Of ${sized.length} engines that started, ${said('fits').length} are called "fits", ${said('barely').length} "barely" and ${said('no').length} "no"`,
    `(${list([...said('barely'), ...said('no')]) || 'none'}). The measured cache lies inside the stated range in ${inside.length} of ${withGib.length}.\n`,
  ];
}

function failures(graded: readonly Graded[]): string[] {
  const failed = graded.filter(({ row, sizing }) => isAskableFailure(row) && sizing !== null);
  const falseFits = failed.filter(({ sizing }) => sizing?.fits);
  return [
    '## Engines that did not start\n',
    `Of ${failed.length} engines that did not start for want of memory, ${falseFits.length} are called "fits" (${list(falseFits) || 'none'}),`,
    `${failed.filter(({ sizing }) => sizing?.verdict === 'barely').length} "barely" and ${failed.filter(({ sizing }) => sizing?.verdict === 'no').length} "no". Not asked: spikes while profiling, failures while serving, other processes on the card.`,
    'R293 and R294 were started with `--specialize-active-lora`, which captures several hundred graphs more; a request cannot say so.\n',
  ];
}

function slice(name: string, graded: readonly Graded[], key: (graded: Graded) => string): string[] {
  const keys = [...new Set(graded.map(key))].sort();
  const rows = keys
    .map((value) => ({
      value,
      summary: summarize(graded.filter((one) => key(one) === value).map(({ kvError }) => kvError)),
    }))
    .filter(({ summary }) => summary.count > 0);
  return [
    `| ${name} | rows | median | mean | 90th percentile |`,
    '|---|---|---|---|---|',
    ...rows.map(
      ({ value, summary }) =>
        `| ${value} | ${summary.count} | ${percent(summary.median)} | ${percent(summary.mean)} | ${percent(summary.p90)} |`,
    ),
    '',
  ];
}

function worst(graded: readonly Graded[]): string[] {
  const rows = graded
    .filter(({ kvError }) => kvError !== null && Math.abs(kvError) > 0.05)
    .sort((a, b) => Math.abs(b.kvError ?? 0) - Math.abs(a.kvError ?? 0));
  return [
    '## Rows more than 5 % off\n',
    '| row | model | card | engine | measured GiB | sized GiB | error |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ row, sizing, kvError }) =>
        `| ${row.id} | ${row.model} | ${row.card} | ${row.engine} | ${row.kvGib} | ${sizing?.perGpu.kvCacheGib} | ${percent(kvError ?? 0)} |`,
    ),
    '',
  ];
}

function uncovered(graded: readonly Graded[]): string[] {
  const missing = graded.filter(({ sizing }) => sizing === null);
  return [
    '## Coverage\n',
    `${graded.length - missing.length} of ${graded.length} rows are sized. Refused:\n`,
    ...missing.map(({ row, refusal }) => `- ${row.id} ${row.model}: ${refusal}`),
  ];
}

function list(graded: readonly Graded[]): string {
  return graded.map(({ row }) => row.id).join(', ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** What a reader must know before believing the figures. */
function caveats(): string[] {
  return [
    '',
    '## What these figures do not say\n',
    '- 35 of the 128 rows are one engine version on one card (0.19.0, H100): the median is mostly theirs, see the slices.',
    '- Held-out fits refit the sampler and the memory outside PyTorch only. The parts that come from how the engine works',
    '  (allocator rounding, workspaces, block layout, what a compile copies) and CUDA graphs and video stay as they are.',
    '- The catalogue states the loaded size of four checkpoints from these very logs: R143 (Llama-3.1-405B fp8), R213 to R216',
    '  (Qwen3.8-27B fp8 and nvfp4), R072 (gpt-oss-20b), R083 (the vision tower of Mistral Small 3.2). Without them R143 and',
    '  R216 would be called "fits".',
    '- R213 and R214 are logged with an fp8 cache, but their tokens are whole numbers of 16-bit blocks; they are sized so.',
    '- Settings beyond the request that a log states are given: whether the compile cache was warm (12 rows), whether FlashInfer',
    '  samples and whether the cards reach each other (R084 to R088). The other rows take the defaults.',
    '- R200 and R237/R238 are not understood: activation five times the usual, as 2048 sequences would take, and 1.6 GiB more',
    '  beside AWQ weights on an RTX 5090 than anywhere else; the other half of its error is a cold start, which the log does not',
    '  state. R083 ran with another sampler than its version has by default.',
  ];
}
