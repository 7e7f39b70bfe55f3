import { describe, expect, it } from 'vitest';
import { readPromql } from '../../../src/inspect/promql.js';
import { gatewayDashboard } from '../../../src/monitoring/gateway/gateway-dashboard.js';
import { GATEWAY_METRICS } from '../../../src/monitoring/gateway/gateway-rules.js';
import { type Dashboard, panelQueries, variableQueries } from '../grafana.js';

const input = { title: 'Gateway: chat', namespace: 'chat-production', job: 'chat-production/gateway' };
const dashboard: Dashboard = JSON.parse(JSON.stringify(gatewayDashboard(input, 'berth-1a2b3c4d')));
const selectors = panelQueries(dashboard).flatMap(({ expr }) => readPromql(expr).selectors);
const known = Object.values(GATEWAY_METRICS);

describe('the dashboard of a gateway', () => {
  it('has PromQL in every chart', () => {
    for (const { expr } of panelQueries(dashboard)) expect(readPromql(expr).errors, expr).toEqual([]);
  });

  it('names only series that the gateway exports, and only labels that they have', () => {
    for (const { metric = '', matchers } of selectors) {
      if (metric === 'up') continue;
      const entry = known.find(({ name }) => name === metric.replace(/_bucket$/, ''));
      expect(entry, metric).toBeDefined();
      const labels = matchers.map(({ label }) => label).filter((label) => !/^(namespace|job)$/.test(label));
      expect(entry?.labels ?? [], metric).toEqual(expect.arrayContaining(labels));
    }
  });

  it('shows the chosen gateway and no other', () => {
    for (const { matchers } of selectors)
      expect(matchers).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ label: 'namespace', op: '=', value: 'chat-production' }),
          expect.objectContaining({ label: 'job', op: '=', value: 'chat-production/gateway' }),
        ]),
      );
  });

  it('lets namespace and gateway be chosen, its own first', () => {
    expect(variableQueries(dashboard).map(({ name, label, value }) => [name, label, value])).toEqual([
      ['namespace', 'namespace', 'chat-production'],
      ['gateway', 'job', 'chat-production/gateway'],
    ]);
  });

  it('has no title twice', () => {
    const titles = dashboard.panels.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
