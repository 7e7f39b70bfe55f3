import { expect } from 'vitest';
import type { Judges } from '../judge.js';

/** The value after a flag; undefined where the flag is not there. */
function after(args: readonly string[], flag: string): string | undefined {
  const at = args.indexOf(flag);
  return at === -1 ? undefined : args[at + 1];
}

const FORMATS = ['--tokenizer-mode', '--config-format', '--load-format'];
const on = (accelerator: string) => ({ 'environments.production.cluster.accelerator': accelerator });

export const engineArgsJudges: Judges = {
  'args-fp8-kv-cache-on-ampere': {
    refused: async (trial) => {
      for (const [accelerator, capability] of [
        ['a100-80-sxm', '8.0'],
        ['rtx-3090', '8.6'],
      ] as const) {
        const { exitCode, problems, environments } = await trial.deploy(on(accelerator));
        expect(exitCode).toBe(1);
        const [problem] = problems.filter(({ id }) => id === 'fit/kv-cache-dtype');
        expect(problem?.message).toContain(`compute capability ${capability}`);
        expect(environments.production?.objects ?? []).toEqual([]);
      }
    },
    remedy: async (trial) => {
      const { problems } = await trial.deploy();
      const fix = problems.filter(({ id }) => id === 'fit/kv-cache-dtype').flatMap((one) => one.fix ?? []);
      expect(fix.join('\n')).toMatch(/fp8_e5m2/);
      expect(fix.join('\n')).toMatch(/16 bit|kvCacheDtype: auto/);
    },
    accepted: async (trial) => {
      for (const accelerator of ['l40s', 'h100-sxm', 'rtx-4090']) {
        // 24 GiB hold no 28 GiB of weights: the smaller sister shows the same there.
        const small = accelerator === 'rtx-4090' ? { model: 'qwen3-4b', 'sizing.context': 16_384 } : {};
        const change = { ...on(accelerator), ...small };
        const eight = await trial.one(change);
        const sixteen = await trial.one({ ...change, 'engine.kvCacheDtype': undefined });
        expect(after(eight.args, '--kv-cache-dtype')).toBe('fp8');
        const ratio = eight.server.sizing.kvCacheTokens / sixteen.server.sizing.kvCacheTokens;
        expect([ratio > 1.9, ratio < 2.1]).toEqual([true, true]);
      }
    },
  },
  'args-lora-rank-rounded-up': {
    rounded: async (trial) => {
      expect(after((await trial.one()).args, '--max-lora-rank')).toBe('64');
    },
    memory: async (trial) => {
      const weights = async (change = {}) => (await trial.one(change)).server.sizing.perGpu.weightsGib;
      expect(await weights()).toBeGreaterThan(await weights({ 'engine.loraAdapters': undefined }));
    },
    small: async (trial) => {
      const adapter = { name: 'billing', path: '/models/adapters/billing', rank: 8 };
      const { args } = await trial.one({ 'engine.loraAdapters': [adapter, { ...adapter, name: 'faq' }] });
      expect(Number(after(args, '--max-lora-rank') ?? 16)).toBeLessThanOrEqual(16);
    },
    beyond: async (trial) => {
      const adapter = { name: 'billing', path: '/models/adapters/billing', rank: 600 };
      const { exitCode, problems } = await trial.deploy({ 'engine.loraAdapters': [adapter] });
      expect(exitCode).toBe(1);
      expect(problems.map(({ id }) => id)).toContain('engine/lora-rank');
    },
  },
  'args-mistral-format-only-for-mistral-files': {
    formats: async (trial) => {
      const { args } = await trial.one();
      expect(FORMATS.filter((flag) => after(args, flag) === 'mistral')).toEqual([]);
    },
    parser: async (trial) => {
      const { args } = await trial.one();
      expect(after(args, '--tool-call-parser')).toBe('mistral');
      expect(args).toContain('--enable-auto-tool-choice');
    },
  },
  'args-vgpu-tensor-parallel-no-custom-allreduce': {
    whole: async (trial) => {
      const { args } = await trial.one();
      expect(after(args, '--tensor-parallel-size')).toBe('2');
      expect(args).not.toContain('--disable-custom-all-reduce');
    },
  },
};
