import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { modelFromConfig } from '../../src/catalog/model-from-config.js';
import { readConfig } from '../../src/catalog/read-config.js';
import { parametersFromDimensions } from '../../src/sizing/tensors.js';

const configs = join(import.meta.dirname, '..', 'fixtures', 'configs');
const catalog = openCatalog(undefined);
const source = { name: 'm', checked: '2026-11-25' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => readConfig(join(configs, name, 'config.json'), { root: configs, ...source });

/** A copy of Yi's configuration with what lies beside it. */
function copy(files: Readonly<Record<string, string>>, change: Readonly<Record<string, unknown>> = {}) {
  const config = JSON.parse(readFileSync(join(configs, 'yi-1.5-34b-chat', 'config.json'), 'utf8'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...change }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return readConfig(join(folder, 'config.json'), { root: folder, ...source });
}

const index = (metadata: unknown, ...tensors: string[]) =>
  JSON.stringify({
    metadata,
    weight_map: Object.fromEntries(tensors.map((name) => [name, 'a.safetensors'])),
  });

describe('dimensions give the published totals of models that the catalogue lacks', () => {
  test.each([
    // Twice the total is the size that the vendor's own index states, 68777834496 bytes.
    ['dense', 'yi-1.5-34b-chat', 34_388_917_248],
    // 31.22 B in the files, of which 1.28 B are the layer that predicts a second token with its embedding and head.
    ['experts with latent attention', 'glm-4.7-flash', 29_940_000_000],
    // 12.93 GiB of safetensors.
    ['Mamba-2 and attention with experts', 'granite-4.0-h-tiny', (12.93 * 1024 ** 3) / 2],
  ])('%s: %s', (_, name, total) => {
    expect(catalog.ids('models')).not.toContain(name);
    const { architecture } = read(name);
    expect(Math.abs(parametersFromDimensions(architecture) / total - 1)).toBeLessThan(0.001);
  });

  test.each([
    [
      'attention and Mamba-2 side by side in every layer (Falcon-H1 7B)',
      {
        model_type: 'falcon_h1',
        hidden_size: 3072,
        num_hidden_layers: 44,
        num_attention_heads: 12,
        num_key_value_heads: 2,
        head_dim: 128,
        intermediate_size: 12_288,
        vocab_size: 130_048,
        tie_word_embeddings: false,
        mamba_d_state: 256,
        mamba_n_groups: 1,
        mamba_n_heads: 24,
        mamba_d_head: 128,
        mamba_d_conv: 4,
      },
      7.59e9,
    ],
    [
      'short convolutions (LFM2 2.6B)',
      {
        model_type: 'lfm2',
        hidden_size: 2048,
        num_hidden_layers: 30,
        num_attention_heads: 32,
        num_key_value_heads: 8,
        intermediate_size: 10_752,
        vocab_size: 65_536,
        tie_embedding: true,
        conv_L_cache: 3,
        conv_dim: 2048,
        layer_types: Array.from({ length: 30 }, (_, at) =>
          [2, 5, 9, 13, 17, 21, 24, 27].includes(at) ? 'full_attention' : 'conv',
        ),
      },
      2.57e9,
    ],
    [
      'gated delta net (Qwen3.5 4B, without its vision tower)',
      {
        model_type: 'qwen3_5',
        hidden_size: 2560,
        num_hidden_layers: 32,
        num_attention_heads: 16,
        num_key_value_heads: 4,
        head_dim: 256,
        attn_output_gate: true,
        intermediate_size: 9216,
        vocab_size: 248_320,
        tie_word_embeddings: true,
        linear_num_key_heads: 16,
        linear_key_head_dim: 128,
        linear_num_value_heads: 32,
        linear_value_head_dim: 128,
        linear_conv_kernel_dim: 4,
        layer_types: Array.from({ length: 32 }, (_, at) =>
          at % 4 === 3 ? 'full_attention' : 'linear_attention',
        ),
      },
      4.2e9,
    ],
  ])('%s', (_, config, total) => {
    const { architecture } = modelFromConfig(config, source);
    expect(architecture.kvCacheModelled).toBe(true);
    expect(Math.abs(parametersFromDimensions(architecture) / total - 1)).toBeLessThan(0.01);
  });

  test('layers that are one thing each add up to the published total of Nemotron 3 Nano', () => {
    const known = catalog.model('nemotron-3-nano-30b-a3b');
    const pattern = `${'ME'.repeat(23)}******`;
    const model = modelFromConfig(
      {
        model_type: 'nemotron_h',
        hidden_size: 2688,
        num_hidden_layers: 52,
        num_attention_heads: 32,
        num_key_value_heads: 2,
        head_dim: 128,
        vocab_size: 131_072,
        tie_word_embeddings: false,
        hybrid_override_pattern: pattern,
        mamba_num_heads: 64,
        mamba_head_dim: 64,
        ssm_state_size: 128,
        n_groups: 8,
        conv_kernel: 4,
        mamba_ssm_cache_dtype: 'float32',
        n_routed_experts: 128,
        n_shared_experts: 1,
        num_experts_per_tok: 6,
        moe_intermediate_size: 1856,
        moe_shared_expert_intermediate_size: 3712,
      },
      source,
    );
    expect(Math.abs((model.parameters.total ?? 0) / (known?.parameters.total ?? 1) - 1)).toBeLessThan(1e-6);
    const state = model.architecture.layerGroups?.find(({ cache }) => cache === 'state');
    // The entry counts the fp32 state alone; the convolution keeps (64 × 64 + 2 × 8 × 128) × 3 values of 16 bits.
    expect(state).toMatchObject({ layers: 23, bytesPerSequence: 2_097_152 + 6144 * 3 * 2 });
  });
});

test('the state of Granite 4.0 H Small is the one for which vLLM makes blocks of 528 tokens', () => {
  const groups = modelFromConfig(
    {
      ...JSON.parse(readFileSync(join(configs, 'granite-4.0-h-tiny', 'config.json'), 'utf8')),
      hidden_size: 4096,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      mamba_n_heads: 128,
    },
    source,
  ).architecture.layerGroups;
  const state = groups?.find((group) => group.cache === 'state');
  const perToken = 2 * 8 * 128 * 2;
  expect(Math.ceil((state?.bytesPerSequence ?? 0) / perToken / 16) * 16).toBe(528);
});

describe('what lies beside a config.json', () => {
  test('its index gives bytes and parameters, copies in folders below are left out and not downloaded', () => {
    const model = copy({
      'model.safetensors.index.json': index({ total_size: 68_777_834_496 }, 'model.layers.0.mlp.weight'),
      'original/consolidated.00.pth': 'x',
      'metal/model.bin': 'x',
      'assets/picture.png': 'x',
    });
    expect(model.parameters).toMatchObject({
      total: 34_388_917_248,
      totalSource: 'model.safetensors.index.json',
    });
    expect(model.checkpoints[0]?.loadedGib?.value).toBeCloseTo(68_777_834_496 / 1024 ** 3, 3);
    expect(model.checkpoints[0]?.exclude).toEqual(['metal/*', 'original/*']);
    expect(model.notVerified.join('\n')).not.toContain('its total');
  });

  test('32-bit weights count by four bytes and load as 16 bits', () => {
    const model = copy(
      { 'model.safetensors.index.json': index({ total_size: 4000 }, 'a') },
      { torch_dtype: 'float32' },
    );
    expect(model.parameters.total).toBe(1000);
    expect(model.checkpoints[0]?.loadedGib?.value).toBeLessThan(4000 / 1024 ** 3);
  });

  test('quantized files tell their size and not their parameters, unless the index counts them', () => {
    const quantized = { quantization_config: { quant_method: 'awq', bits: 4, group_size: 128 } };
    const name = 'model.safetensors.index.json';
    expect(copy({ [name]: index({ total_size: 2 ** 34 }, 'a') }, quantized).parameters.total).toBeNull();
    const counted = index({ total_size: 2 ** 34, total_parameters: 34_388_917_248 }, 'a');
    expect(copy({ [name]: counted }, quantized).parameters.total).toBe(34_388_917_248);
  });

  test('layers that predict several tokens are in the files and not in the engine: the size is not taken', () => {
    const model = copy({
      'model.safetensors.index.json': index({ total_size: 7e10 }, 'model.layers.60.eh_proj.weight'),
    });
    expect(model.parameters.total).toBeNull();
    expect(model.checkpoints[0]?.loadedGib).toBeUndefined();
    expect(model.notVerified.join('\n')).toContain('predict several tokens');
  });

  test('without an index the files are weighed, the vendor’s one-file copy left out', () => {
    const model = copy({
      'model-00001-of-00002.safetensors': 'x'.repeat(3000),
      'model-00002-of-00002.safetensors': 'x'.repeat(1000),
      'consolidated.safetensors': 'x'.repeat(4000),
    });
    expect(model.parameters.total).toBe(2000);
  });

  test('files that Git LFS has not fetched weigh nothing', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n';
    expect(copy({ 'model.safetensors': pointer }).parameters.total).toBeNull();
  });

  test('nothing beside it: the dimensions count, and that is said', () => {
    const model = copy({});
    expect(model.parameters.total).toBeNull();
    expect(model.notVerified.join('\n')).toContain('no index of weight files');
  });

  test.each([
    ['no JSON', 'oops', /this is not JSON/],
    ['no index', '{}', /weight_map is missing/],
  ])('%s in its place is refused with the file', (_, text, expected) => {
    expect(() => copy({ 'model.safetensors.index.json': text })).toThrow(expected);
  });
});

test('what was taken from the family instead of the file is named', () => {
  const { notVerified } = modelFromConfig(
    { model_type: 'gemma2', hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 4, vocab_size: 100 },
    source,
  );
  expect(notVerified.join('\n')).toMatch(/one matrix: yes.*\n.*8192 is a guess\n.*head size/);
});

test.each(['mamba', 'jamba', 'zamba2', 'kimi_linear'])(
  '%s has layers that are not modelled',
  (model_type) => {
    const { architecture } = modelFromConfig(
      {
        ...{ model_type, hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 4, vocab_size: 100 },
        ...(model_type === 'jamba' && { attn_layer_period: 8 }),
        ...(model_type === 'mamba' && { mamba_d_state: 16 }),
      },
      source,
    );
    expect(architecture.kvCacheModelled).toBe(false);
  },
);
