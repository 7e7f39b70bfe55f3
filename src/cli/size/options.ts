import { InvalidArgumentError, Option } from 'commander';

/** What `berth size` is told; names as in vLLM where vLLM has them. */
export interface SizeOptions {
  readonly on: string;
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
  readonly concurrency?: number;
  readonly json?: boolean;
}

export function sizeOptions(): Option[] {
  return [
    new Option(
      '--on <NxACCELERATOR>',
      'accelerators of one replica: 2xh100-sxm, or 2xFILE.yaml',
    ).makeOptionMandatory(),
    new Option(
      '--precision <name>',
      'bf16, fp8, int8, w4a16, awq, gptq, nvfp4, mxfp4 … (default: the model’s first)',
    ),
    new Option('--engine <vllm@VERSION>', 'engine and version (default: the catalogue’s)'),
    new Option(
      '--max-model-len <tokens>',
      'longest prompt plus answer; 32k works (default: the model’s own)',
    ).argParser(tokens),
    new Option('--concurrency <n>', 'requests of that length that must fit at once (default: 1)').argParser(
      count,
    ),
    new Option('--gpu-memory-utilization <share>', 'share of the memory that the engine takes').argParser(
      share,
    ),
    new Option(
      '--accelerator-memory-gib <GiB>',
      'memory of one accelerator as the engine reports it',
    ).argParser(positive),
    new Option('--gpus-per-node <n>', 'accelerators of one node (default: all of the replica)').argParser(
      count,
    ),
    new Option('--tensor-parallel-size <n>').argParser(count),
    new Option('--pipeline-parallel-size <n>').argParser(count),
    new Option('--enable-expert-parallel', 'deal experts out whole instead of cutting them'),
    new Option('--kv-cache-dtype <type>', 'auto, fp8 …'),
    new Option('--block-size <tokens>').argParser(count),
    new Option('--max-num-seqs <n>').argParser(count),
    new Option('--max-num-batched-tokens <tokens>').argParser(tokens),
    new Option('--enforce-eager', 'no CUDA graphs, no compile'),
    new Option('--json', 'print the sizing as JSON'),
  ];
}

function count(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('a whole number from 1 is needed.');
  return Number(text);
}

/** vLLM's own shorthand: k and m are thousands and millions, K and M are powers of 1024. */
const UNITS: Record<string, number> = { '': 1, k: 1e3, m: 1e6, K: 1024, M: 1024 ** 2 };

function tokens(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kmKM]?)$/.exec(text) ?? [];
  const value = Number(digits) * (UNITS[unit] ?? Number.NaN);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a number of tokens such as 32768 is needed.');
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('a share between 0 and 1 is needed.');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('a number above 0 is needed.');
  return value;
}
