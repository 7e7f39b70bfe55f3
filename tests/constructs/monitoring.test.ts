import { describe, expect, it } from 'vitest';
import type { Manifest } from './objects.js';
import { built, objectsOf } from './objects.js';
import { planFixture, withoutCapabilities } from './plan-fixture.js';

const alertNames = (rule: Manifest): string[] =>
  rule.spec.groups
    .flatMap(({ rules }: Manifest) => rules.map(({ alert }: Manifest) => alert))
    .filter(Boolean);

describe('the PodMonitor', () => {
  const monitor = built(planFixture(), 'PodMonitor');

  it('scrapes the pods of the Deployment by the name of their port', () => {
    expect(monitor.spec.selector).toEqual(built(planFixture(), 'Deployment').spec.selector);
    expect(monitor.spec.podMetricsEndpoints).toEqual([
      { port: 'http', path: '/metrics', interval: '15s', scrapeTimeout: '10s' },
    ]);
  });

  it('looks into its own namespace only', () => {
    expect(monitor.spec.namespaceSelector).toEqual({ matchNames: ['chat-production'] });
  });

  it("carries the labels that the cluster's Prometheus selects by", () => {
    expect(monitor.metadata.labels.release).toBe('kube-prometheus-stack');
  });
});

describe('the PrometheusRule', () => {
  const rule = built(planFixture(), 'PrometheusRule');

  it("carries the labels that the cluster's Prometheus selects by", () => {
    expect(rule.metadata.labels.release).toBe('kube-prometheus-stack');
  });

  it('watches the job that the PodMonitor names', () => {
    const down = rule.spec.groups
      .flatMap(({ rules }: Manifest) => rules)
      .find(({ alert }: Manifest) => alert === 'VllmDown');
    expect(down.expr).toContain('job="chat-production/server"');
  });

  it('knows refused requests only where the engine counts them', () => {
    expect(alertNames(rule)).toContain('AdmissionRejections');
    const older = planFixture({ engine: { name: 'vllm', version: '0.31.0', table: '0.31.0' } });
    expect(alertNames(built(older, 'PrometheusRule'))).not.toContain('AdmissionRejections');
  });
});

describe('a cluster without the Prometheus operator', () => {
  it('gets neither', () => {
    const kinds = objectsOf(planFixture(withoutCapabilities())).map(({ kind }) => kind);
    expect(kinds).not.toContain('PodMonitor');
    expect(kinds).not.toContain('PrometheusRule');
  });
});
