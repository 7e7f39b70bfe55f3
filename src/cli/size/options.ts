import { InvalidArgumentError, Option } from 'commander';
import { numberOf, share, tokens, wholeNumber } from './option-values.js';

/** What `berth size` is told; names as in vLLM where vLLM has them. */
export interface SizeOptions {
  readonly on?: string;
  readonly config?: string;
  readonly checkpointParameters?: number;
  readonly checkpointGib?: number;
  readonly precision?: string;
  readonly engine?: string;
  readonly acceleratorMemoryGib?: number;
  readonly gpusPerNode?: number;
  readonly tensorParallelSize?: number;
  readonly pipelineParallelSize?: number;
  readonly enableExpertParallel?: boolean;
  readonly gpuMemoryUtilization?: number;
  readonly maxModelLen?: number;
  readonly maxNumSeqs?: number;
  readonly maxNumBatchedTokens?: number;
  readonly kvCacheDtype?: string;
  readonly blockSize?: number;
  readonly enforceEager?: boolean;
  readonly compileCache?: string;
  readonly concurrency?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly prefixCacheHitRate?: number;
  readonly measured?: Readonly<Record<string, number>>;
  readonly batch?: string;
  readonly compare?: string;
  readonly plot?: string;
  readonly json?: boolean;
}

/** A flag of the what-if, and the key of a `--batch` line that says the same. */
export interface WhatIfFlag {
  readonly option: Option;
  readonly key: string;
}

const flag = (
  key: string,
  flags: string,
  description: string,
  parse?: (text: string) => unknown,
): WhatIfFlag => {
  const option = new Option(flags, description);
  return { key, option: parse === undefined ? option : option.argParser(parse) };
};

/** Each flag beside the key that it stands for. `--on` says two: how many, and which. */
export function whatIfFlags(): WhatIfFlag[] {
  return [
    flag('accelerator', '--on <NxACCELERATOR>', 'accelerators of one replica: 2xh100-sxm, or 2xFILE.yaml'),
    flag('config', '--config <file>', 'a config.json that describes the model, beside its id'),
    flag('checkpoint', '--checkpoint-parameters <n>', 'parameters of the checkpoint, where known', numberOf),
    flag('checkpoint', '--checkpoint-gib <GiB>', 'size of its weight files, where known', numberOf),
    flag(
      'precision',
      '--precision <name>',
      'bf16, fp8, int8, w4a16, awq, gptq, nvfp4, mxfp4, q4_k_m … (default: the model’s first)',
    ),
    flag(
      'engine',
      '--engine <name@VERSION>',
      'vllm, sglang or tensorrt-llm, and the version (default: vllm, the catalogue’s)',
    ),
    flag(
      'maxModelLen',
      '--max-model-len <tokens>',
      'longest prompt plus answer; 32k works (default: the model’s own)',
      tokens,
    ),
    flag(
      'concurrency',
      '--concurrency <n>',
      'requests in flight (default: 1); without lengths they must fit at full length',
      wholeNumber,
    ),
    flag('inputTokens', '--input-tokens <tokens>', 'mean length of a prompt (default: 1024)', numberOf),
    flag('outputTokens', '--output-tokens <tokens>', 'mean length of an answer (default: 256)', numberOf),
    flag(
      'prefixCacheHitRate',
      '--prefix-cache-hit-rate <share>',
      'share of each prompt that the prefix cache holds (default: 0)',
      share,
    ),
    flag(
      'gpuMemoryUtilization',
      '--gpu-memory-utilization <share>',
      'share of the memory that the engine takes',
      share,
    ),
    flag(
      'acceleratorMemoryGib',
      '--accelerator-memory-gib <GiB>',
      'memory of one accelerator as the engine reports it',
      numberOf,
    ),
    flag(
      'gpusPerNode',
      '--gpus-per-node <n>',
      'accelerators of one node (default: all of the replica)',
      wholeNumber,
    ),
    flag('tensorParallelSize', '--tensor-parallel-size <n>', '', wholeNumber),
    flag('pipelineParallelSize', '--pipeline-parallel-size <n>', '', wholeNumber),
    flag('expertParallel', '--enable-expert-parallel', 'deal experts out whole instead of cutting them'),
    flag('kvCacheDtype', '--kv-cache-dtype <type>', 'auto, fp8 …'),
    flag('blockSize', '--block-size <tokens>', '', wholeNumber),
    flag('maxNumSeqs', '--max-num-seqs <n>', '', wholeNumber),
    flag('maxNumBatchedTokens', '--max-num-batched-tokens <tokens>', '', tokens),
    flag('enforceEager', '--enforce-eager', 'no CUDA graphs, no compile'),
    flag(
      'compileCache',
      '--compile-cache <state>',
      'cold: a first start that compiles, as in a new pod (default: warm)',
    ),
    flag(
      'measured',
      '--measured <figures>',
      'one run of this configuration calibrates the rest: concurrency=16,inputTokens=1000,outputTokens=300,tpotMs=21,ttftMs=180',
      measuredFigures,
    ),
  ];
}

/** The flags that say what to do with it. */
export function otherOptions(): Option[] {
  return [
    new Option(
      '--batch <file>',
      'size one request a line of a JSONL file, - for standard input; one result a line',
    ),
    new Option('--compare <list>', 'a table over accelerators and precisions: 1xh100-sxm,2xl40s/fp8,…'),
    new Option('--plot <file>', 'write throughput against latency over concurrency to an .svg or .html file'),
    new Option('--json', 'print JSON'),
  ];
}

/** Keys of a measured run, as `--batch` names them. */
const MEASURED = ['concurrency', 'inputTokens', 'outputTokens', 'ttftMs', 'tpotMs', 'outputTokensPerSecond'];

function measuredFigures(text: string): Readonly<Record<string, number>> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  for (const [key = '', value] of pairs) {
    if (!MEASURED.includes(key) || value === undefined)
      throw new InvalidArgumentError(`'${key}' is none of ${MEASURED.join(', ')}.`);
  }
  return Object.fromEntries(pairs.map(([key, value]) => [key, numberOf(String(value))]));
}
