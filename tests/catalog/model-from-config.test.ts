import { describe, expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { modelFromConfig } from '../../src/catalog/model-from-config.js';
import { UserError } from '../../src/error.js';

const source = { name: 'My Model', file: 'my-model/config.json', checked: '2026-11-25' };
const read = (config: unknown, more = {}) => modelFromConfig(config, { ...source, ...more });
const catalog = openCatalog(undefined);

const llama = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  num_hidden_layers: 32,
  hidden_size: 4096,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  intermediate_size: 14_336,
  vocab_size: 128_256,
  tie_word_embeddings: false,
  max_position_embeddings: 131_072,
  torch_dtype: 'bfloat16',
};
const deepseek = {
  architectures: ['DeepseekV2ForCausalLM'],
  model_type: 'deepseek_v2',
  num_hidden_layers: 27,
  hidden_size: 2048,
  num_attention_heads: 16,
  num_key_value_heads: 16,
  head_dim: 192,
  intermediate_size: 10_944,
  vocab_size: 102_400,
  tie_word_embeddings: false,
  max_position_embeddings: 163_840,
  kv_lora_rank: 512,
  q_lora_rank: null,
  qk_rope_head_dim: 64,
  qk_nope_head_dim: 128,
  v_head_dim: 128,
  n_routed_experts: 64,
  num_experts_per_tok: 6,
  moe_intermediate_size: 1408,
  n_shared_experts: 2,
  first_k_dense_replace: 1,
};
const gptOss = {
  architectures: ['GptOssForCausalLM'],
  model_type: 'gpt_oss',
  num_hidden_layers: 24,
  hidden_size: 2880,
  num_attention_heads: 64,
  num_key_value_heads: 8,
  head_dim: 64,
  intermediate_size: 2880,
  vocab_size: 201_088,
  tie_word_embeddings: false,
  max_position_embeddings: 131_072,
  num_local_experts: 32,
  num_experts_per_tok: 4,
  sliding_window: 128,
  layer_types: Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 'sliding_attention' : 'full_attention')),
  quantization_config: { quant_method: 'mxfp4' },
};
const hybrid = {
  architectures: ['Qwen3_5ForConditionalGeneration'],
  model_type: 'qwen3_5',
  vision_config: { hidden_size: 1152 },
  text_config: {
    model_type: 'qwen3_5_text',
    num_hidden_layers: 64,
    hidden_size: 5120,
    num_attention_heads: 24,
    num_key_value_heads: 4,
    head_dim: 256,
    intermediate_size: 17_408,
    vocab_size: 248_320,
    tie_word_embeddings: false,
    max_position_embeddings: 262_144,
    full_attention_interval: 4,
    attn_output_gate: true,
    linear_num_key_heads: 16,
    linear_num_value_heads: 48,
    linear_key_head_dim: 128,
    linear_value_head_dim: 128,
    linear_conv_kernel_dim: 4,
  },
};

describe('a config.json gives the dimensions that the catalogue has', () => {
  test.each([
    ['llama-3.1-8b', llama],
    ['deepseek-v2-lite', deepseek],
    ['gpt-oss-20b', gptOss],
    ['qwen3.8-27b', hybrid],
  ])('%s', (id, config) => {
    const known = catalog.model(id)?.architecture;
    const { denseIntermediateSize: _, ...moe } = known?.moe ?? {};
    const { architecture } = read(config);
    expect(architecture).toMatchObject({
      ...known,
      ...(known?.moe && { moe }),
      ...(known?.layerGroups && { layerGroups: expect.any(Array) }),
    });
    const sorted = (groups: readonly { cache: string; layers: number }[] = []) =>
      groups.map(({ cache, layers }) => `${layers} ${cache}`).sort();
    expect(sorted(architecture.layerGroups)).toEqual(sorted(known?.layerGroups));
  });

  test('a recurrent layer’s state and mixer, by hand', () => {
    const state = read(hybrid).architecture.layerGroups?.find(({ cache }) => cache === 'state');
    expect(state).toMatchObject({
      bytesPerSequence: 48 * 128 * 128 * 4 + (2 * 16 * 128 + 48 * 128) * 3 * 2,
      parametersPerLayer: 5120 * (2 * 2048 + 2 * 6144 + 2 * 48) + 10_240 * 4 + 6144 * 5120,
    });
  });

  test('families keep embeddings tied, or a pattern of windows, in their code', () => {
    const { architecture } = read({
      ...llama,
      model_type: 'gemma2',
      tie_word_embeddings: undefined,
      sliding_window: 4096,
    });
    expect(architecture.tiedEmbeddings).toBe(true);
    expect(architecture.layerGroups).toEqual([
      { cache: 'window', layers: 16, window: 4096 },
      { cache: 'full', layers: 16 },
    ]);
  });
});

describe('how the weights are stored', () => {
  const quantized = (quantization_config: unknown) => read({ ...llama, quantization_config }).checkpoints[0];
  test.each([
    [undefined, { precision: 'bf16' }],
    [
      { quant_method: 'fp8', weight_block_size: [128, 128] },
      { precision: 'fp8', groupSize: 128 },
    ],
    [
      { quant_method: 'awq', bits: 4, group_size: 128 },
      { precision: 'awq', groupSize: 128 },
    ],
    [{ quant_method: 'gptq', bits: 8, group_size: 128 }, { precision: 'gptq-int8' }],
    [
      { quant_method: 'modelopt', quant_algo: 'NVFP4' },
      { precision: 'nvfp4', groupSize: 16 },
    ],
    [
      {
        quant_method: 'compressed-tensors',
        config_groups: { group_0: { weights: { type: 'int', num_bits: 4, group_size: 128 } } },
      },
      { precision: 'w4a16', groupSize: 128 },
    ],
    [
      {
        quant_method: 'compressed-tensors',
        config_groups: { group_0: { weights: { type: 'float', num_bits: 8 } } },
      },
      { precision: 'fp8' },
    ],
  ])('%o', (config, expected) => {
    expect(quantized(config)).toMatchObject(expected);
  });

  test('a method that is not known is refused', () => {
    expect(() => quantized({ quant_method: 'aqlm' })).toThrow(/quantization_config/);
  });
});

test('what is known of the files counts: parameters and their size', () => {
  const model = read(llama, { parameters: 8_030_261_248, checkpointGib: 14.96 });
  expect(model.parameters.total).toBe(8_030_261_248);
  expect(model.checkpoints[0]?.loadedGib?.value).toBe(14.96);
  expect(model.id).toBe('my-model');
});

test('all that is missing is named at once, with the file', () => {
  const bare = { architectures: ['X'], hidden_size: 64 };
  try {
    read(bare);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.problems.map(({ message }) => message)).toEqual([
      'missing: num_hidden_layers or n_layer or num_layers or n_layers',
      'missing: num_attention_heads or n_head or n_heads',
      'missing: vocab_size or padded_vocab_size',
    ]);
    expect(error.problems[0]?.place?.file).toBe('my-model/config.json');
  }
  expect(() => read([])).toThrow(/JSON object/);
});

test('state-space layers are marked as not modelled, so that a size is refused and not guessed', () => {
  expect(read({ ...llama, mamba_d_state: 128 }).architecture.kvCacheModelled).toBe(false);
});
