import { describe, expect, it } from 'vitest';
import { planChanged } from '../../project/resolve.js';

/** The errors of a changed selection, as lines. */
function errors(change: Parameters<typeof planChanged>[0]) {
  return planChanged(change)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ check, message, remedy }) => `${check}: ${message} → ${remedy.join('; ')}`);
}

describe('what does not fit is refused with the numbers and the nearest choices', () => {
  it('Llama 4 Scout in bf16 on one A100-80G', () => {
    const [first, ...more] = errors({
      model: 'llama-4-scout',
      precision: 'bf16',
      'env.sizing.replicas': { min: 1, max: 1 },
    });
    // Meta's own repository is gated as well.
    expect(more.map((line) => line.split(':')[0])).toEqual(['weights/token']);
    expect(first).toMatch(/^fit\/weights: weights take 20[0-9.]+ GiB/);
    expect(first).toContain('precision: w4a16 fits');
    expect(first).toContain('sizing.gpusPerReplica: 4 fits');
  });

  it('Llama 4 Scout in w4a16 on the same card is accepted', () => {
    expect(
      errors({ model: 'llama-4-scout', precision: 'w4a16', 'env.sizing.replicas': { min: 1, max: 1 } }),
    ).toEqual([]);
  });

  it('DeepSeek-R1 on eight H100', () => {
    const r1 = {
      model: 'deepseek-r1',
      'env.cluster.accelerator': 'h100-sxm',
      'env.sizing.gpusPerReplica': 8,
    };
    const found = errors(r1);
    expect(found.join('\n')).toMatch(/fit\/weights: weights take 79\.[0-9]+ GiB/);
    expect(found.join('\n')).toContain('sizing.gpusPerReplica: 16 fits');
  });

  it('DeepSeek-R1 on eight H200 is accepted', () => {
    const r1 = {
      model: 'deepseek-r1',
      'env.cluster.accelerator': 'h200',
      'env.sizing.gpusPerReplica': 8,
      'env.cluster.nodeMemoryGib': 1900,
    };
    expect(errors(r1)).toEqual([]);
  });

  it('the first generation’s Qwen-72B on an engine that dropped it names the last version and the successors', () => {
    const [first] = errors({ model: 'qwen-72b', precision: 'gptq', 'env.sizing.context': 2048 });
    expect(first).toContain('0.23.0');
    expect(first).toContain('qwen2.5-72b');
  });
});

describe('what a successor would change', () => {
  it('shows eight times the cache for Qwen2.5-72B on the same card', () => {
    const { plan } = planChanged({
      model: 'qwen-72b',
      precision: 'gptq',
      'engine.version': '0.23.0',
      'env.sizing.context': 4096,
    });
    const own = plan.servers[0]?.sizing.kvCacheTokens ?? 0;
    const successor = plan.alternatives.find(({ model }) => model === 'qwen2.5-72b');
    expect((successor?.kvCacheTokens ?? 0) / own).toBeGreaterThan(7);
    expect(successor?.licence).toBe('qwen-2024');
  });
});
