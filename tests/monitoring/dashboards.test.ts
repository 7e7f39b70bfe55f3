import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guard, openGuard } from '../cluster/guard.js';
import { createStateFolder } from '../cluster/state-folder.js';
import { waitUntil } from '../cluster/wait.js';
import { findMonitored } from './deployed.js';
import { panelQueries, variableQueries } from './grafana.js';
import { type LivePrometheus, startLivePrometheus } from './live-prometheus.js';
import { recordResults } from './results.js';

const environments = findMonitored();
const withDashboard = environments.filter(({ dashboards }) => dashboards.length > 0);
let guard: Guard;
let prometheus: LivePrometheus;
let drawn = 0;
let recorded = 0;

beforeAll(async () => {
  guard = openGuard(createStateFolder());
  prometheus = await startLivePrometheus(guard, environments);
});

afterAll(async () => {
  await prometheus?.close();
  await guard.close();
  recordResults({ dashboards: withDashboard.length, drawn, recorded });
});

it('Prometheus evaluates every rule of every environment without an error', async () => {
  const evaluated = async () => {
    const { groups } = (await prometheus.get('rules')) as {
      groups: { rules: { name: string; health: string; lastError?: string }[] }[];
    };
    return groups.flatMap(({ rules }) => rules);
  };
  await waitUntil('every rule evaluated', async () => {
    const pending = (await evaluated()).filter(({ health }) => health === 'unknown').length;
    return pending === 0 || `${pending} not yet`;
  });
  const rules = await evaluated();
  expect(rules).toHaveLength(
    environments.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)).length,
  );
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
});

describe.each(environments)('$id', ({ plan, server, groups, queries }) => {
  it('records every series', async () => {
    const records = groups.flatMap(({ rules }) => rules.filter((rule) => 'record' in rule));
    expect(records.length).toBeGreaterThan(0);
    for (const { record, labels = {} } of records) {
      const own = { namespace: plan.namespace, model_name: server.servedModelNames[0], ...labels };
      const matchers = Object.entries(own).map(([label, value]) => `${label}="${value}"`);
      const values = await prometheus.query(`${record}{${matchers.join(',')}}`);
      expect(values, `${record} ${JSON.stringify(labels)}`).toEqual([expect.any(Number)]);
      expect(values.filter(Number.isNaN), `${record} ${JSON.stringify(labels)}`).toEqual([]);
      recorded += 1;
    }
  });

  it('answers the scaler with one number', async () => {
    for (const { expression } of queries.filter(({ from }) => from === 'scaler'))
      expect(await prometheus.query(expression), expression).toEqual([expect.any(Number)]);
  });
});

describe.each(withDashboard)('the dashboard of $id', ({ dashboards }) => {
  it('has a number in every chart', async () => {
    const all = dashboards.flatMap(panelQueries);
    expect(all.length).toBeGreaterThan(0);
    for (const { title, expr } of all) {
      const values = await prometheus.query(expr);
      expect(values.length, `${title}: ${expr}`).toBeGreaterThan(0);
      expect(values.filter(Number.isNaN), `${title}: ${expr}`).toEqual([]);
      drawn += 1;
    }
  });

  it('offers the server that it was made for', async () => {
    for (const { selector, label, value } of dashboards.flatMap(variableQueries))
      expect(await prometheus.get(`label/${label}/values?match[]=${encodeURIComponent(selector)}`)).toContain(
        value,
      );
  });
});

it('a chart of a metric that nothing exports is empty: the test would see it', async () => {
  expect(withDashboard.length).toBeGreaterThan(0);
  expect(await prometheus.query('sum(vllm:gpu_cache_usage_perc)')).toEqual([]);
});
