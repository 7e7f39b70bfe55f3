import { describe, expect, it } from 'vitest';
import { readPromql } from '../../../src/inspect/promql.js';
import { burnRateGroups } from '../../../src/monitoring/burn-rate.js';
import { dashboardRows } from '../../../src/monitoring/dashboards.js';
import { grafanaDashboard } from '../../../src/monitoring/grafana.js';
import { engineMetric, hasMetric, METRIC_KEYS } from '../../../src/monitoring/metrics.js';
import type { DashboardInput } from '../../../src/monitoring/panel.js';
import type { Dashboard } from '../grafana.js';
import { panelQueries, variableQueries } from '../grafana.js';

const input: DashboardInput = {
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
  title: 'Qwen3 32B: chat production',
  acceleratorResource: 'nvidia.com/gpu',
  isAutoscaled: true,
};
const dashboardOf = (change: Partial<DashboardInput> = {}): Dashboard =>
  JSON.parse(JSON.stringify(grafanaDashboard({ ...input, ...change }, 'berth-1a2b3c4d')));
const textOf = (change: Partial<DashboardInput> = {}) =>
  JSON.stringify(dashboardRows({ ...input, ...change }));
const titlesOf = (change: Partial<DashboardInput> = {}) =>
  dashboardRows({ ...input, ...change }).flatMap(({ panels }) => panels.map(({ title }) => title));

describe.each(['0.19.1', '0.20.2', '0.31.0', '0.32.0', '0.33.0'])(
  'the dashboard for vLLM %s',
  (engineVersion) => {
    const queries = panelQueries(dashboardOf({ engineVersion }));
    const exported = METRIC_KEYS.filter((key) => hasMetric(key, engineVersion)).map(
      (key) => engineMetric(key, engineVersion).name,
    );
    const recorded = burnRateGroups({ ...input, engineVersion }).flatMap(({ rules }) =>
      rules.flatMap((rule) => ('record' in rule ? rule.record : [])),
    );

    it('has PromQL in every chart', () => {
      expect(queries.length).toBeGreaterThan(30);
      for (const { expr } of queries) expect(readPromql(expr).errors, expr).toEqual([]);
    });

    it('names only what the engine, the cluster, or a rule exports', () => {
      const names = queries.flatMap(({ expr }) =>
        readPromql(expr).selectors.map(({ metric }) => metric ?? ''),
      );
      const bare = names.map((name) => name.replace(/(?<=_seconds)_(bucket|count|sum)$/, ''));
      const known = [...exported, ...recorded];
      expect(bare.filter((name) => !/^(kube_|DCGM_FI_)/.test(name) && !known.includes(name))).toEqual([]);
    });

    it('narrows every series to the chosen namespace', () => {
      for (const { expr } of queries) {
        for (const { matchers } of readPromql(expr).selectors) {
          const namespace = matchers.find(({ label }) => /^(exported_)?namespace$/.test(label));
          expect(namespace, expr).toMatchObject({ op: '=', value: 'chat-production' });
        }
      }
    });
  },
);

describe('the dashboard', () => {
  it('lays charts out without overlap, inside the width of the page, each with its own id', () => {
    const { panels } = dashboardOf();
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos }) => gridPos.x + gridPos.w))).toBe(24);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('has six rows, and no title twice', () => {
    const rows = dashboardRows(input).map(({ title }) => title);
    expect(rows).toEqual(['Traffic', 'Latency', 'KV cache', 'Errors', 'Accelerators', 'Scaling']);
    expect(new Set(titlesOf()).size).toBe(titlesOf().length);
  });

  it('lets namespace and model be chosen, its own first', () => {
    expect(variableQueries(dashboardOf()).map(({ name, label, value }) => [name, label, value])).toEqual([
      ['namespace', 'namespace', 'chat-production'],
      ['model', 'model_name', 'qwen3-32b'],
    ]);
  });

  it('leaves out what the server does not have', () => {
    const bare = {
      acceleratorResource: 'amd.com/gpu',
      isAutoscaled: false,
      availability: null,
      ttftSeconds: null,
    };
    expect(textOf(bare)).not.toMatch(/DCGM|horizontalpodautoscaler/);
    expect(titlesOf(bare).filter((title) => title.startsWith('Error budget'))).toEqual([
      'Error budget: inter token',
    ]);
    expect(titlesOf({ engineVersion: '0.31.0' })).not.toContain('Refused requests');
  });

  it("reads the GPU exporter by the workload's pod, not the exporter's", () => {
    for (const { expr } of panelQueries(dashboardOf())) {
      for (const { metric, matchers } of readPromql(expr).selectors) {
        const labels = matchers.map(({ label }) => label);
        if (metric?.startsWith('DCGM_')) expect(labels).toEqual(['exported_namespace', 'exported_pod']);
      }
    }
  });

  it('is small enough to be applied by any client', () => {
    expect(Buffer.byteLength(JSON.stringify(dashboardOf()))).toBeLessThan(256 * 1024);
  });

  it.each(['', 'a b', 'x'.repeat(41)])("refuses the uid '%s'", (uid) => {
    expect(() => grafanaDashboard(input, uid)).toThrow('no uid of a dashboard');
  });
});
