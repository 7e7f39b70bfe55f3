import { describe, expect, it } from 'vitest';
import {
  engineSeries,
  quantile,
  series,
  shareWithin,
  totalWaiting,
} from '../../../src/monitoring/queries.js';

const target = { engineVersion: '0.32.0', namespace: 'chat-production', modelName: 'qwen3-32b' };

describe('series', () => {
  it('quotes a value so that it cannot end the matcher', () => {
    expect(series('up', { job: 'a"b\\c' })).toBe('up{job="a\\"b\\\\c"}');
  });

  it('matches by pattern where the value is one', () => {
    expect(series('up', { pod: /server-.+/ })).toBe('up{pod=~"server-.+"}');
  });
});

describe('engineSeries', () => {
  it('always names namespace and model: two models must not add up', () => {
    expect(engineSeries(target, 'running')).toBe(
      'vllm:num_requests_running{namespace="chat-production",model_name="qwen3-32b"}',
    );
  });

  it('fails for a metric that the version lacks', () => {
    expect(() => engineSeries({ ...target, engineVersion: '0.31.0' }, 'rejected')).toThrow('since 0.32.0');
  });
});

describe('totalWaiting', () => {
  it.each([
    { engineVersion: '0.19.1', metric: 'vllm:num_requests_waiting{' },
    { engineVersion: '0.20.2', metric: 'vllm:num_requests_waiting_by_reason{' },
  ])('reads $metric of $engineVersion', ({ engineVersion, metric }) => {
    expect(totalWaiting({ ...target, engineVersion })).toContain(metric);
  });
});

describe('shareWithin', () => {
  it('names a boundary as the engine prints it', () => {
    expect(shareWithin(target, 'timeToFirstToken', 2.5, '5m')).toContain('le="2.5"');
  });

  it('takes both spellings of a whole number, of Prometheus 2 and 3', () => {
    expect(shareWithin(target, 'timeToFirstToken', 20, '5m')).toContain('le=~"20([.]0)?"');
  });
});

describe('quantile', () => {
  it('keeps the boundaries until the quantile is taken', () => {
    expect(quantile(target, 'interTokenLatency', 0.95, '5m')).toMatch(
      /^histogram_quantile\(0\.95, sum by \(namespace, model_name, le\) \(rate\(vllm:inter_token_latency_seconds_bucket/,
    );
  });
});
