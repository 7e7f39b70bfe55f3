import { describe, expect, it } from 'vitest';
import { badRatioSeries, burnRateGroups } from '../../../src/monitoring/burn-rate.js';
import type { AlertingRule, RecordingRule, RuleInput } from '../../../src/monitoring/rule.js';
import { serviceLevels } from '../../../src/monitoring/service-level.js';

const input: RuleInput = {
  engineVersion: '0.32.0',
  namespace: 'chat-production',
  modelName: 'qwen3-32b',
  job: 'chat-production/server',
  deployment: 'server',
  container: 'server',
  waitingPerReplica: 16,
  maxNumSeqs: 64,
  ttftSeconds: 2,
  interTokenSeconds: 0.05,
  availability: 0.99,
};
const rulesOf = (change: Partial<RuleInput> = {}) =>
  burnRateGroups({ ...input, ...change }).flatMap(({ rules }) => rules);
const alertsOf = (change: Partial<RuleInput> = {}): AlertingRule[] =>
  rulesOf(change).filter((rule) => 'alert' in rule);
const recordsOf = (change: Partial<RuleInput> = {}): RecordingRule[] =>
  rulesOf(change).filter((rule) => 'record' in rule);
const only = (change: Partial<RuleInput>) => ({
  ttftSeconds: null,
  interTokenSeconds: null,
  availability: null,
  ...change,
});

describe('burn rates', () => {
  // 0.01 × 14.4 = 0.144, 0.01 × 6 = 0.06 and so on; 0.05 × 14.4 = 0.72.
  it.each([
    { change: only({ availability: 0.99 }), limits: [0.144, 0.06, 0.03, 0.01] },
    { change: only({ availability: 0.999 }), limits: [0.0144, 0.006, 0.003, 0.001] },
    { change: only({ availability: 0.995 }), limits: [0.072, 0.03, 0.015, 0.005] },
    { change: only({ ttftSeconds: 2 }), limits: [0.72, 0.3, 0.15, 0.05] },
    { change: only({ interTokenSeconds: 0.05 }), limits: [0.72, 0.3, 0.15, 0.05] },
  ])('of $change are held against $limits', ({ change, limits }) => {
    const found = alertsOf(change).map(({ expr }) => Number(/ > ([\d.]+) and/.exec(expr)?.[1]));
    expect(found).toEqual(limits);
  });

  it('call somebody for two fast burns and open a ticket for two slow ones', () => {
    const alerts = alertsOf(only({ availability: 0.99 }));
    expect(alerts.map(({ labels, for: lasting }) => [labels.severity, labels.window, lasting])).toEqual([
      ['critical', '1h', '2m'],
      ['critical', '6h', '15m'],
      ['warning', '1d', '1h'],
      ['warning', '3d', '3h'],
    ]);
  });

  it.each([
    { availability: 0.9, windows: ['6h', '1d', '3d'] },
    { availability: 0.5, windows: ['3d'] },
  ])('that can never be reached have no alert: $availability', ({ availability, windows }) => {
    expect(alertsOf(only({ availability })).map(({ labels }) => labels.window)).toEqual(windows);
  });

  it('are recorded over seven windows for each level, and asked for by the name that is recorded', () => {
    const records = recordsOf();
    expect(records).toHaveLength(21);
    const asked = badRatioSeries(input, 'first-token', '1d');
    expect(asked).toBe(
      'namespace_model_name:vllm_slo_bad:ratio_rate1d{namespace="chat-production",model_name="qwen3-32b",slo="first-token"}',
    );
    expect(records).toContainEqual({
      record: asked.split('{')[0],
      expr: expect.stringContaining('[1d]'),
      labels: { model_name: 'qwen3-32b', slo: 'first-token' },
    });
  });

  it('wake nobody for a handful of requests', () => {
    for (const { expr, labels } of alertsOf()) {
      expect(expr).toContain(`[${labels.window}])) >= 5`);
    }
  });
});

describe('service levels', () => {
  it.each([
    { change: only({}), slos: [] },
    { change: only({ availability: 0.99 }), slos: ['availability'] },
    { change: only({ ttftSeconds: 2 }), slos: ['first-token'] },
    { change: only({ interTokenSeconds: 80 }), slos: ['inter-token'] },
    { change: only({ interTokenSeconds: 81 }), slos: [] },
  ])('of $change are $slos', ({ change, slos }) => {
    expect(serviceLevels({ ...input, ...change }).map(({ slo }) => slo)).toEqual(slos);
  });

  it('are counted at the next bucket that is not stricter, and the alert says so', () => {
    const [first] = alertsOf(only({ ttftSeconds: 2 }));
    expect(recordsOf(only({ ttftSeconds: 2 }))[0]?.expr).toContain('le="2.5"');
    expect(first?.annotations.description).toContain('longer than 2.5 s (asked for: 2 s');
    const [exact] = alertsOf(only({ interTokenSeconds: 0.05 }));
    expect(exact?.annotations.description).not.toContain('asked for');
  });

  it('count a refusal inside a stream where the engine tells of it, and never twice', () => {
    const query = (engineVersion: string) => recordsOf({ ...only({ availability: 0.99 }), engineVersion })[0];
    expect(query('0.32.0')?.expr).toMatch(
      /> sum .*admission_rejections_total.* or sum .*admission_rejections/,
    );
    expect(query('0.31.0')?.expr).not.toContain('admission_rejections');
  });

  it('do not let lists and unknown paths dilute the share of failed requests', () => {
    const [{ expr } = { expr: '' }] = recordsOf(only({ availability: 0.99 }));
    for (const [selector] of expr.matchAll(/http_requests_total\{[^}]*\}/g)) {
      expect(selector).toContain('method="POST",handler!="none"');
    }
  });
});
