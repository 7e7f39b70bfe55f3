import { engineRange } from '../../../src/sizing/throughput/engine-range.js';
import { familyOfModel } from './families.js';
import { summarize } from './grade.js';
import { type Repeats, repeatsOf } from './repeats.js';
import type { FoldKind } from './speed-folds.js';
import type { GradedRun } from './speed-grade.js';

export interface SpeedAccuracy {
  readonly inSample: readonly GradedRun[];
  readonly folds: Readonly<Record<FoldKind, readonly GradedRun[]>>;
  /** Runs of uncertain settings; they count little in the fit and not in the figures above. */
  readonly thin: readonly GradedRun[];
  /** Configurations of several runs, where one run calibrates the others. */
  readonly anchored: readonly GradedRun[];
  /** Requests that all came at once, by the event loop. */
  readonly bursts: readonly GradedRun[];
}

/** The part of docs/accuracy.md on speed. */
export function speedSection({ inSample, folds, thin, anchored, bursts }: SpeedAccuracy): string[] {
  return [
    '## Error of the speed\n',
    'Steady closed loops of `tests/fixtures/measurements/throughput.csv`. In sample: the constants of',
    '`src/sizing/throughput/fitted.ts`. Held out: all of them fitted anew without any run of the family or card that is graded.',
    'TPOT is the mean time per output token; TTFT the median where the source gives one, else the mean with the first burst.\n',
    ...table('constants', [
      ['in sample', inSample],
      ...Object.entries(folds),
      ['in sample, vLLM', inSample.filter(isVllm)],
      ...Object.entries(folds).map(([name, graded]) => [`${name}, vLLM`, graded.filter(isVllm)] as const),
      ['one run of the configuration given', anchored],
      ['uncertain settings (Qwen3.5, GLM-5)', thin],
      ['all requests at once, by the event loop (not fitted)', bursts],
    ]),
    'With cards held out:\n',
    ...slice(
      'engine',
      folds['card held out'],
      ({ run }) => engineRange({ name: run.row.engine, version: run.row.version }).measured,
    ),
    ...slice('card', folds['card held out'], ({ run }) => run.row.accelerator),
    ...slice('precision', folds['card held out'], ({ run }) => run.row.precision),
    'With families held out:\n',
    ...slice('family', folds['family held out'], ({ run }) => familyOfModel(run.row.model)),
    ...slice('layers', folds['family held out'], ({ run }) => layersOf(run.work.traits)),
    ...slice('requests in flight', folds['family held out'], ({ run }) => loadOf(run.row.concurrency)),
    ...speedCaveats(repeatsOf(inSample.map(({ run }) => run.row))),
  ];
}

function isVllm({ run }: GradedRun): boolean {
  return run.row.engine === 'vllm';
}

function layersOf({ experts, latent, recurrent, sparse }: GradedRun['run']['work']['traits']): string {
  const names = [
    latent ? 'latent attention' : 'attention',
    ...(sparse ? ['sparse'] : []),
    ...(recurrent ? ['recurrent'] : []),
  ];
  return `${names.join(', ')}, ${experts ? 'experts' : 'dense'}`;
}

const LOADS = [1, 8, 32, 128];

function loadOf(concurrency: number): string {
  const most = LOADS.find((limit) => concurrency <= limit);
  return most === undefined ? `more than ${LOADS.at(-1)}` : `up to ${most}`;
}

function slice(name: string, graded: readonly GradedRun[], of: (graded: GradedRun) => string): string[] {
  const names = [...new Set(graded.map(of))].sort();
  return table(
    name,
    names.map((value) => [value, graded.filter((entry) => of(entry) === value)]),
  );
}

function table(name: string, rows: readonly (readonly [string, readonly GradedRun[]])[]): string[] {
  return [
    `| ${name} | runs | TPOT median | 90th | output tokens/s median | 90th | TTFT median | 90th |`,
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(([title, graded]) => {
      const cells = (['tpot', 'output', 'ttft'] as const).flatMap((key) => {
        const { median, p90 } = summarize(graded.map((entry) => entry[key]));
        return [percent(median), percent(p90)];
      });
      return `| ${title} | ${graded.length} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '–';
}

function speedCaveats({ pairs, tpot, ttftMean }: Repeats): string[] {
  const [ofTpot, ofTtft] = [summarize(tpot), summarize(ttftMean)];
  return [
    'What these figures do not say:\n',
    '- InferenceX and NVIDIA runs are nine in ten; cards outside data centres stand on a few runs of vLLM 0.7 each.',
    '- Lengths are mostly 1k/1k, 1k/8k and 8k/1k. Above 16k tokens there are twenty runs.',
    `- ${pairs} pairs of runs of one configuration differ by ${percent(ofTpot.median)} in TPOT (90th percentile ${percent(ofTpot.p90)}) and by`,
    `  ${percent(ofTtft.median)} in mean TTFT (${percent(ofTtft.p90)}). No model can be told to be nearer than that.`,
    '- TTFT outside vLLM is the weak figure, for reasons that no request states. SGLang with answers of one length goes in waves;',
    '  Llama 3.1 8B on TensorRT-LLM 1.0 waits longer the longer the answers are, as with one client more than places;',
    '  Llama 3.3 70B on TensorRT-LLM 1.1 has 0.1 to 0.3 s more with 1k/1k than with 1k/8k, whose prompts are the same.',
    '- Speculative decoding, LoRA, several nodes, attention data parallel and separate prefill are not modelled.',
    '',
  ];
}
