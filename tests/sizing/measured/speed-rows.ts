import { readFileSync } from 'node:fs';
import { openCatalog } from '../../../src/catalog/catalog.js';
import type { Checkpoint, ModelProfile } from '../../../src/catalog/model.js';
import { engineForSizing } from '../../../src/sizing/engine-for-sizing.js';
import type { EngineName } from '../../../src/sizing/throughput/engine-range.js';
import type { SizeRequest } from '../../../src/sizing/types.js';
import { checkpoint } from '../samples.js';
import { parseCsv } from './csv.js';

/** One measured run; times in milliseconds, null where the source does not give them. */
export interface SpeedRow {
  readonly id: string;
  /** `steady` closed loops; `burst`, all at once; `offline`, tokens a second alone; `thin`, of uncertain settings. */
  readonly use: 'steady' | 'burst' | 'offline' | 'thin';
  readonly source: string;
  readonly model: string;
  readonly precision: Checkpoint['precision'];
  readonly accelerator: string;
  readonly engine: EngineName;
  readonly version: string;
  readonly tensorParallelSize: number;
  readonly expertParallelSize: number;
  readonly concurrency: number;
  readonly requests: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly outputTokensPerSecond: number | null;
  readonly ttftMeanMs: number | null;
  readonly ttftMedianMs: number | null;
  readonly tpotMs: number | null;
  readonly kvCacheDtype: string;
}

const catalog = openCatalog(undefined);

export function readSpeedRows(): SpeedRow[] {
  return parseCsv(readFileSync('tests/fixtures/measurements/throughput.csv', 'utf8')).map((text) => ({
    id: text.row as string,
    use: text.use as SpeedRow['use'],
    source: text.source as string,
    model: text.model as string,
    precision: text.precision as Checkpoint['precision'],
    accelerator: text.accelerator as string,
    engine: text.engine as EngineName,
    version: text.sized_as as string,
    tensorParallelSize: Number(text.tp),
    expertParallelSize: Number(text.ep),
    concurrency: Number(text.concurrency),
    requests: number(text.requests),
    inputTokens: Number(text.input_tokens),
    outputTokens: Number(text.output_tokens),
    outputTokensPerSecond: number(text.output_tokens_per_second),
    ttftMeanMs: number(text.ttft_mean_ms),
    ttftMedianMs: number(text.ttft_median_ms),
    tpotMs: number(text.tpot_mean_ms) ?? number(text.tpot_median_ms),
    kvCacheDtype: text.kv_cache_dtype as string,
  }));
}

function number(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}

/** What the sizer is asked for the run. */
export function speedRequest(row: SpeedRow): SizeRequest {
  const model = catalog.model(row.model);
  const accelerator = catalog.accelerator(row.accelerator);
  if (model === undefined || accelerator === undefined) throw new Error(`${row.id}: no profile`);
  return {
    model,
    checkpoint: checkpointOf(model, row.precision),
    accelerator,
    gpus: row.tensorParallelSize,
    tensorParallelSize: row.tensorParallelSize,
    pipelineParallelSize: 1,
    enableExpertParallel: row.expertParallelSize > 1,
    engine: engineOf(row.engine === 'vllm' ? row.version : '0.19.1'),
    serving: { name: row.engine, version: row.version },
    kvCacheDtype: row.kvCacheDtype === 'fp8' ? 'fp8' : undefined,
    concurrency: row.concurrency,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
  };
}

function checkpointOf(model: ModelProfile, precision: Checkpoint['precision']): Checkpoint {
  return model.checkpoints.find((entry) => entry.precision === precision) ?? checkpoint(precision);
}

function engineOf(version: string) {
  const own = Number(version.split('.')[1]) >= 19 ? catalog.engine(version) : undefined;
  const table = own?.table ?? catalog.engine('0.19.1')?.table;
  if (table === undefined) throw new Error('no engine table');
  return engineForSizing(version, table);
}
