import type * as z from 'zod';
import type { AcceleratorProfile } from '../../src/catalog/accelerator.js';
import { Architecture } from '../../src/catalog/architecture.js';
import type { EngineTable } from '../../src/catalog/engine.js';
import { Checkpoint, type ModelProfile } from '../../src/catalog/model.js';

/** A checkpoint whose other fields do not matter. */
export function checkpoint(precision: Checkpoint['precision'], more: Partial<Checkpoint> = {}): Checkpoint {
  return Checkpoint.parse({
    precision,
    huggingFace: null,
    publisher: 'third-party',
    gated: false,
    source: 'test',
    ...more,
  });
}

/** A model of the given dimensions; parameters come from the dimensions alone. */
export function model(
  architecture: z.input<typeof Architecture>,
  more: Partial<ModelProfile> = {},
): ModelProfile {
  return {
    id: 'sample',
    name: 'sample',
    family: 'sample',
    task: 'chat',
    released: null,
    licence: 'mit',
    derivedFrom: [],
    successors: [],
    architecture: Architecture.parse(architecture),
    parameters: { total: null, totalSource: null, active: null, beside: [] },
    checkpoints: [checkpoint('bf16')],
    context: { max: 131_072, suggested: 8192, note: null },
    modalities: [],
    chinese: null,
    serving: { trustRemoteCode: false },
    checked: '2026-11-25',
    sources: {},
    notes: [],
    notVerified: [],
    ...more,
  };
}

/** Llama-3.1-8B: 8,030,261,248 parameters. */
export const llama8b = model({
  class: 'LlamaForCausalLM',
  layers: 32,
  hiddenSize: 4096,
  attentionHeads: 32,
  kvHeads: 8,
  headDim: 128,
  intermediateSize: 14_336,
  vocabSize: 128_256,
  tiedEmbeddings: false,
});

/** DeepSeek-V2-Lite: latent attention and experts. */
export const deepseekV2Lite = model({
  class: 'DeepseekV2ForCausalLM',
  layers: 27,
  hiddenSize: 2048,
  attentionHeads: 16,
  kvHeads: 16,
  headDim: 192,
  intermediateSize: 10_944,
  vocabSize: 102_400,
  tiedEmbeddings: false,
  mla: { kvLoraRank: 512, qLoraRank: null, qkRopeHeadDim: 64, qkNopeHeadDim: 128, vHeadDim: 128 },
  moe: {
    experts: 64,
    expertsPerToken: 6,
    expertIntermediateSize: 1408,
    sharedExperts: 2,
    denseLayers: 1,
    denseIntermediateSize: 10_944,
  },
});

/** An accelerator with the features of an H100, changed where a test says so. */
export function accelerator(
  id: string,
  runtimeGib: number,
  more: Partial<AcceleratorProfile> = {},
): AcceleratorProfile {
  return {
    id,
    name: id,
    vendor: 'nvidia',
    architecture: 'Hopper',
    memory: { marketedGb: 80, driverMib: null, runtimeGib, runtimeSource: null },
    memoryBandwidthGBs: null,
    denseTflops: {},
    interconnect: { fast: true, linkGBs: 450, text: 'NVLink' },
    powerWatts: null,
    computeCapability: '9.0',
    supports: {
      bf16: true,
      fp8: true,
      fp8WeightOnly: false,
      fp4: false,
      awq: true,
      marlinInt4: true,
      int8: true,
    },
    kubernetes: {
      resource: 'nvidia.com/gpu',
      productLabels: [],
      productLabelKey: 'nvidia.com/gpu.product',
      nodeArch: 'amd64',
      migProfiles: {},
    },
    image: null,
    datacentreRestriction: null,
    prices: [],
    checked: '2026-11-25',
    sources: {},
    notes: [],
    notVerified: [],
    ...more,
  };
}

export const h100 = accelerator('h100-sxm', 79.19);
export const a100 = accelerator('a100-80-sxm', 79.15, {
  computeCapability: '8.0',
  supports: {
    bf16: true,
    fp8: false,
    fp8WeightOnly: true,
    fp4: false,
    awq: true,
    marlinInt4: true,
    int8: true,
  },
});
export const l4 = accelerator('l4', 22.03, {
  computeCapability: '8.9',
  interconnect: { fast: false, linkGBs: 32, text: 'PCIe' },
});

/** The part of an engine's table that sizing reads. */
export function engine(version: string, gpuMemoryUtilization = 0.9, graphsInside = false): EngineTable {
  return {
    version,
    kv_cache_dtypes: ['auto', 'fp8', 'fp8_e5m2'],
    defaults: {
      gpu_memory_utilization: gpuMemoryUtilization,
      block_size_fallback: 16,
      vllm_serve_by_hardware: [
        {
          device_memory: '>= 70 GiB and device name without a100',
          max_num_batched_tokens: 8192,
          max_num_seqs: 1024,
        },
        { device_memory: 'otherwise', max_num_batched_tokens: 2048, max_num_seqs: 256 },
      ],
    },
    env: { VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS: { default: graphsInside ? 'True' : 'False' } },
  } as unknown as EngineTable;
}
