import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { AcceleratorProfile } from '../../../src/catalog/accelerator.js';
import { openCatalog } from '../../../src/catalog/catalog.js';
import type { Checkpoint, ModelProfile } from '../../../src/catalog/model.js';
import { engineForSizing } from '../../../src/sizing/engine-for-sizing.js';
import type { SizeRequest } from '../../../src/sizing/types.js';
import { checkpoint, model as sample } from '../samples.js';
import { parseCsv } from './csv.js';

/** One measured start-up; numbers that the log does not state are null. */
export interface MeasuredRow {
  readonly id: string;
  readonly model: string;
  readonly precision: string;
  readonly card: string;
  readonly engine: string;
  readonly architecture: string;
  readonly cluster: string;
  readonly started: boolean;
  readonly failure: string;
  readonly kvGib: number | null;
  readonly tokens: number | null;
  readonly weightsGib: number | null;
  readonly activationGib: number | null;
  readonly nonTorchGib: number | null;
  readonly tensorParallelSize: number;
  readonly text: Readonly<Record<string, string>>;
}

const folder = 'tests/fixtures/measurements';
const catalog = openCatalog(undefined);
const cards = parse(readFileSync(`${folder}/cards.yaml`, 'utf8')) as Record<
  string,
  { accelerator: string; memoryGib?: number }
>;
const models = parse(readFileSync(`${folder}/models.yaml`, 'utf8'), { merge: true }) as {
  aliases: Record<string, string>;
  models: Record<string, ModelFixture>;
};

interface ModelFixture {
  readonly contextMax: number;
  readonly architecture: Parameters<typeof sample>[0];
  readonly modalities?: ModelProfile['modalities'];
  readonly parametersTotal?: number;
  readonly besideParameters?: { readonly what: string; readonly count: number };
  readonly loadedGib?: { readonly value: number; readonly source: string };
}

export function readRows(): MeasuredRow[] {
  return parseCsv(readFileSync(`${folder}/kv-cache.csv`, 'utf8')).map((text) => ({
    id: text.row_id as string,
    model: text.model_id as string,
    precision: text.weight_precision as string,
    card: text.gpu as string,
    engine: text.sized_as as string,
    architecture: text.arch_kind as string,
    cluster: text.cluster as string,
    started: text.outcome === 'started',
    failure: text.neg_cause as string,
    kvGib: number(text.available_kv_gib),
    tokens: number(text.kv_cache_tokens),
    weightsGib: number(text.weights_gib),
    activationGib: number(text.activation_gib),
    nonTorchGib: number(text.non_torch_gib),
    tensorParallelSize: number(text.tp) ?? 1,
    text,
  }));
}

function number(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}

/** The words of the logs for how the weights are stored. */
const PRECISIONS: readonly [RegExp, Checkpoint['precision']][] = [
  [/^bf16/, 'bf16'],
  [/^fp16/, 'fp16'],
  [/^fp32/, 'fp32'],
  [/^fp8/, 'fp8'],
  [/^w8a8 int8/, 'int8'],
  [/^w4a16/, 'w4a16'],
  [/^awq/, 'awq'],
  [/^int4|^bitsandbytes 4/, 'int4'],
  [/^gptq int4/, 'gptq'],
  [/^nvfp4/, 'nvfp4'],
  [/^mxfp4/, 'mxfp4'],
];

/** What the sizer is asked for the row; null where no profile describes its model or its precision. */
export function requestOf(row: MeasuredRow): SizeRequest | null {
  const precision = PRECISIONS.find(([words]) => words.test(row.precision))?.[1];
  const model = modelOf(row.model);
  const card = cards[row.card];
  const accelerator = card && catalog.accelerator(card.accelerator);
  if (precision === undefined || model === undefined || accelerator === undefined) return null;
  const { text } = row;
  return {
    model: model.profile,
    checkpoint: { ...checkpointOf(model, precision, row.model) },
    accelerator: withoutLimits(accelerator, text.peer_to_peer !== 'False'),
    acceleratorMemoryGib: number(text.gpu_mem_gib_reported) ?? card?.memoryGib,
    gpus: Number(text.tp) * Number(text.pp),
    tensorParallelSize: Number(text.tp),
    pipelineParallelSize: Number(text.pp),
    enableExpertParallel: Number(text.ep) > 1,
    engine: engineOf(row.engine),
    gpuMemoryUtilization: number(text.gpu_memory_utilization) ?? undefined,
    maxModelLen: number(text.max_model_len) ?? undefined,
    maxNumSeqs: number(text.max_num_seqs) ?? undefined,
    maxNumBatchedTokens: number(text.max_num_batched_tokens) ?? undefined,
    kvCacheDtype: text.sized_kv_cache_dtype || undefined,
    enforceEager: text.enforce_eager === 'True',
    maxLoras: number(text.lora_slots) ?? undefined,
    compileCache: (text.compile_cache || undefined) as SizeRequest['compileCache'],
    flashInferSampler: text.flashinfer_sampler ? text.flashinfer_sampler === 'True' : undefined,
  };
}

interface Described {
  readonly profile: ModelProfile;
  readonly fixture?: ModelFixture;
}

function modelOf(name: string): Described | undefined {
  const alias = models.aliases[name];
  const catalogued = alias === undefined ? undefined : catalog.model(alias);
  if (catalogued) return { profile: catalogued };
  const fixture = models.models[name];
  if (fixture === undefined) return undefined;
  const { besideParameters: beside, parametersTotal: total } = fixture;
  const profile = sample(fixture.architecture, {
    id: name,
    context: { max: fixture.contextMax, suggested: fixture.contextMax, note: null },
    modalities: fixture.modalities ?? [],
    parameters: {
      total: total ?? null,
      totalSource: null,
      active: null,
      beside: beside ? [{ ...beside, loaded: true }] : [],
    },
  });
  return { profile, fixture };
}

/** The catalogue's own checkpoint, of the very repository where it has that, so that a stated size counts; else a plain one. */
function checkpointOf(
  { profile, fixture }: Described,
  precision: Checkpoint['precision'],
  repository: string,
): Checkpoint {
  const same = profile.checkpoints.filter((entry) => entry.precision === precision);
  const found = same.find(({ huggingFace }) => huggingFace === repository) ?? same[0];
  if (fixture === undefined && found !== undefined) return found;
  return checkpoint(precision, fixture?.loadedGib ? { loadedGib: fixture.loadedGib } : {});
}

/** A log proves that the card runs what it ran: only memory is asked here. Some say that the cards do not reach each other. */
function withoutLimits(accelerator: AcceleratorProfile, linked: boolean): AcceleratorProfile {
  const supports = {
    bf16: true,
    fp8: true,
    fp8WeightOnly: true,
    fp4: true,
    awq: true,
    marlinInt4: true,
    int8: true,
  };
  const { interconnect } = accelerator;
  return { ...accelerator, supports, interconnect: { ...interconnect, fast: interconnect.fast && linked } };
}

function engineOf(version: string) {
  const [, minor] = version.split('.');
  const own = Number(minor) >= 19 ? catalog.engine(version) : undefined;
  const table = own?.table ?? catalog.engine('0.19.1')?.table;
  if (table === undefined) throw new Error('no engine table');
  return engineForSizing(version, table);
}
