import type { AcceleratorProfile } from '../catalog/accelerator.js';
import type { EngineTable } from '../catalog/engine.js';
import type { Checkpoint, ModelProfile } from '../catalog/model.js';
import type { CompileCache } from './activation.js';
import type { Measurement } from './throughput/calibrate.js';
import type { ServingEngine } from './throughput/engine-range.js';
import type { Throughput } from './throughput/throughput.js';

/** What is to be sized: one replica of one model on one kind of accelerator. Absent settings take the engine's default. */
export interface SizeRequest {
  readonly model: ModelProfile;
  /** The weights to load; must be one of `model.checkpoints`. */
  readonly checkpoint: Checkpoint;
  readonly accelerator: AcceleratorProfile;
  /** Accelerators of one replica: tensor × pipeline parallel size. */
  readonly gpus: number;
  /** Accelerators of one node. @default - `gpus`: the replica stands in one node. */
  readonly gpusPerNode?: number;
  /** Defaults and memory; those of vLLM stand in for an engine that has no table. */
  readonly engine: EngineTable;
  /** The engine that serves. @default - vLLM in the version of `engine` */
  readonly serving?: ServingEngine;
  /** Memory of one accelerator as the runtime reports it, GiB. @default - from the profile. */
  readonly acceleratorMemoryGib?: number;
  readonly tensorParallelSize?: number;
  readonly pipelineParallelSize?: number;
  readonly enableExpertParallel?: boolean;
  readonly gpuMemoryUtilization?: number;
  /** Longest prompt plus answer, tokens. @default - the model's own limit, as the engine would take it. */
  readonly maxModelLen?: number;
  readonly maxNumSeqs?: number;
  readonly maxNumBatchedTokens?: number;
  readonly kvCacheDtype?: string;
  readonly blockSize?: number;
  readonly enforceEager?: boolean;
  /** `cold`: a first start that compiles, as in a new pod. @default - likely `warm`; the unfavourable end counts both */
  readonly compileCache?: CompileCache;
  /** Whether FlashInfer samples (`VLLM_USE_FLASHINFER_SAMPLER`). @default - as the version does by itself */
  readonly flashInferSampler?: boolean;
  /**
   * Requests in flight. Without lengths they must all fit at once, each of `maxModelLen` tokens; with lengths they are a
   * load, and what does not fit waits. @default 1
   */
  readonly concurrency?: number;
  /** Mean length of a prompt, tokens. @default 1024 */
  readonly inputTokens?: number;
  /** Mean length of an answer, tokens. @default 256 */
  readonly outputTokens?: number;
  /** Share of each prompt that the prefix cache holds, 0 to 1. @default 0 */
  readonly prefixCacheHitRate?: number;
  /** One measurement of this very configuration; the rest is calibrated with it. */
  readonly measured?: Measurement;
  /** Read speed of the weights volume, GiB/s. @default 0.5 */
  readonly readGibPerSecond?: number;
  /** LoRA slots and the largest rank. */
  readonly maxLoras?: number;
  readonly maxLoraRank?: number;
}

/** Memory of one accelerator, GiB. `kvCacheGib` is what the rest leaves of `budgetGib`. */
export interface PerGpuMemory {
  readonly totalGib: number;
  /** totalGib × gpuMemoryUtilization. */
  readonly budgetGib: number;
  readonly weightsGib: number;
  readonly activationGib: number;
  readonly nonTorchGib: number;
  readonly cudaGraphGib: number;
  readonly kvCacheGib: number;
}

/** `barely`: fits at the likely overhead, not at the unfavourable one. */
export type Verdict = 'fits' | 'barely' | 'no';

/** A change that makes the request fit; each was sized before it was offered. */
export interface NearestChoice {
  /** In the user's words, e.g. `precision: w4a16`, `--max-model-len 20272`, `4 × a100-80-sxm`. */
  readonly change: string;
  /** The keys of the request that change, with their new values. */
  readonly set: Readonly<Record<string, string | number | boolean>>;
  readonly kvCacheTokens: number;
  readonly weightsGib: number;
}

/** The settings that the numbers hold for, defaults filled in. */
export interface SizedSettings {
  readonly precision: string;
  readonly gpus: number;
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly enableExpertParallel: boolean;
  readonly gpuMemoryUtilization: number;
  readonly maxModelLen: number;
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
  readonly kvCacheDtype: string;
  readonly blockSize: number;
  readonly enforceEager: boolean;
  readonly compileCache: CompileCache;
  readonly engine: string;
}

/** What `sizeModel` says. Plain JSON; `berth size --json` prints it. */
export interface Sizing {
  readonly fits: boolean;
  readonly verdict: Verdict;
  readonly settings: SizedSettings;
  readonly perGpu: PerGpuMemory;
  /** Bytes of cache per token on one accelerator, over the layers that it holds. */
  readonly kvBytesPerTokenPerGpu: number;
  /** Constant state of one running sequence on one accelerator, bytes (hybrid models). */
  readonly stateBytesPerSequencePerGpu: number;
  /** Tokens that the replica holds at once, as the engine reports them. */
  readonly kvCacheTokens: number;
  /** Requests of maxModelLen tokens that fit at once. */
  readonly maxConcurrency: number;
  /** Whether this version takes CUDA graphs off its budget; else they come on top of it. */
  readonly graphsInsideBudget: boolean;
  /** Range of kvCacheGib between the unfavourable and the favourable overhead. */
  readonly kvCacheGibRange: readonly [low: number, high: number];
  /** GiB per accelerator that are missing; 0 where it fits. At the likely overhead, where it fits there at the other end. */
  readonly missingGib: number;
  /** The same at both ends: 0 at the likely one is `barely`. */
  readonly missingGibRange: readonly [likely: number, unfavourable: number];
  /** Why it does not fit, by check: weights alone, no room for one request, parallel sizes that do not divide. */
  readonly blockers: readonly { readonly id: string; readonly message: string }[];
  readonly nearest: readonly NearestChoice[];
  /** Longer contexts than `nearest` offers, for the same change: they fit at the likely overhead, and barely. */
  readonly nearestBarely: readonly NearestChoice[];
  /** Host memory of the pod without shared memory, /dev/shm, files on the volume, GiB; seconds until ready. */
  readonly host: HostNeeds;
  /** Null where the card's speeds or the memory leave nothing to reckon; `assumptions` say why. */
  readonly throughput: Throughput | null;
  readonly assumptions: readonly string[];
}

export interface HostNeeds {
  readonly memoryGib: number;
  /** 0 where the engine runs in one process and needs none. */
  readonly sharedMemoryGib: number;
  readonly cpus: number;
  /** Weight files on the volume, all accelerators together. */
  readonly filesGib: number;
  /** Time to read the weights, compile and capture graphs, from a volume of `readGibPerSecond`. */
  readonly startupSeconds: number;
  readonly readGibPerSecond: number;
}
