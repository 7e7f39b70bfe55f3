import { expect } from 'vitest';
import type { Sizing } from '../../../src/sizing/types.js';
import type { Judges } from '../judge.js';
import type { Trial } from '../trial.js';

async function sized(trial: Trial, name: string): Promise<{ code: number; sizing: Sizing }> {
  const { code, stdout } = await trial.command(name);
  return { code, sizing: JSON.parse(stdout) };
}

/** Contexts that are offered on the very same accelerators. */
function contexts(choices: Sizing['nearest']): number[] {
  return choices
    .filter(({ set }) => Object.keys(set).join() === 'maxModelLen')
    .map(({ set }) => Number(set.maxModelLen));
}

export const sizingJudges: Judges = {
  'sizing-gpt-oss-one-card-each': {
    fits: async (trial) => {
      for (const name of ['big', 'little'])
        expect(await sized(trial, name)).toMatchObject({ code: 0, sizing: { fits: true } });
    },
    weights: async (trial) => {
      const big = (await sized(trial, 'big')).sizing.perGpu.weightsGib;
      const little = (await sized(trial, 'little')).sizing.perGpu.weightsGib;
      expect([big > 58, big < 66, little > 12, little < 15]).toEqual([true, true, true, true]);
    },
  },
  'sizing-qwen3-8b-one-a10-half-context': {
    refused: async (trial) => {
      expect(await sized(trial, 'whole')).toMatchObject({ code: 1, sizing: { fits: false } });
    },
    whole: async (trial) => {
      const { sizing } = await sized(trial, 'whole');
      expect(sizing.missingGib).toBeGreaterThan(2);
      expect(sizing.missingGib).toBeLessThan(4);
      const [context = 0] = contexts(sizing.nearest);
      expect(context).toBeGreaterThan(16_000);
      expect(context).toBeLessThan(24_500);
    },
    half: async (trial) => {
      const { sizing } = await sized(trial, 'half');
      expect(sizing.fits).toBe(true);
      expect(sizing.kvCacheTokens).toBeGreaterThanOrEqual(16_384);
      expect(sizing.kvCacheTokens).toBeLessThanOrEqual(24_500);
    },
    azure: async (trial) => {
      const [one, two] = [(await sized(trial, 'azure')).sizing, (await sized(trial, 'two')).sizing];
      expect(one.missingGib).toBeGreaterThan(2);
      expect(one.missingGib).toBeLessThan(4);
      const [context = 0] = contexts(one.nearestBarely);
      expect(context).toBeGreaterThan(16_000);
      expect(context).toBeLessThan(24_500);
      expect(Math.abs(one.kvCacheTokens / 20_272 - 1)).toBeLessThan(0.1);
      expect(Math.abs(two.kvCacheTokens / 55_952 - 1)).toBeLessThan(0.1);
    },
  },
  'sizing-sample-share-too-small-for-bf16': {
    sample: async (trial) => {
      expect(await sized(trial, 'sample')).toMatchObject({ code: 1, sizing: { fits: false } });
    },
    remedy: async (trial) => {
      const { nearest } = (await sized(trial, 'sample')).sizing;
      const ways = nearest.filter(
        ({ set }) =>
          Number(set.gpuMemoryUtilization) > 0.7 || ['fp8', 'int8'].includes(String(set.precision)),
      );
      expect(ways.map(({ change }) => change)).not.toEqual([]);
    },
    mended: async (trial) => {
      expect(await sized(trial, 'mended')).toMatchObject({ code: 0, sizing: { fits: true } });
    },
  },
  'sizing-share-step-adds-known-tokens': {
    difference: async (trial) => {
      const [low, high] = [await sized(trial, 'low'), await sized(trial, 'high')];
      const tokens = high.sizing.kvCacheTokens - low.sizing.kvCacheTokens;
      expect(Math.abs(tokens / 78_704 - 1)).toBeLessThan(0.015);
    },
    bytes: async (trial) => {
      expect((await sized(trial, 'low')).sizing.kvBytesPerTokenPerGpu).toBe(63_488);
    },
  },
};

export const uxJudges: Judges = {
  'ux-tensor-parallel-error-names-the-way-out': {
    asked: async (trial) => {
      const { code, stdout, stderr } = await trial.command('asked');
      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(/\b64 attention heads\b/);
      expect(stdout + stderr).toMatch(/\b1, 2\b/);
      expect(stdout + stderr).toMatch(/pipeline/);
      expect(stderr).toMatch(/64[\s\S]*1, 2[\s\S]*pipeline/);
    },
    chosen: async (trial) => {
      expect((await sized(trial, 'chosen')).sizing.settings.tensorParallelSize).not.toBe(3);
    },
    wayOut: async (trial) => {
      const { code, sizing } = await sized(trial, 'chosen');
      const onStages = sizing.fits && sizing.settings.pipelineParallelSize === 3;
      const offered = code === 1 && sizing.nearest.some(({ set }) => set.gpus === 4);
      expect({ onStages, offered }).not.toEqual({ onStages: false, offered: false });
    },
  },
};
