import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guard, openGuard } from '../cluster/guard.js';
import { createStateFolder } from '../cluster/state-folder.js';
import { gatewayExposition } from './exposition.js';
import { findGateways } from './gateways.js';
import { panelQueries, variableQueries } from './grafana.js';
import { type LivePrometheus, startPrometheus } from './live-prometheus.js';

const watched = findGateways();
const shown = watched.filter(({ dashboards }) => dashboards.length > 0);
let guard: Guard;
let prometheus: LivePrometheus;

beforeAll(async () => {
  guard = openGuard(createStateFolder());
  const targets = watched.map(({ namespace, gateway: { name } }) => ({
    labels: { namespace, job: `${namespace}/${name}`, pod: `${name}-a`, container: 'envoy' },
    text: gatewayExposition,
  }));
  prometheus = await startPrometheus(guard, targets, []);
});
afterAll(async () => {
  await prometheus?.close();
  await guard.close();
});

describe.each(shown)('the dashboard of $id', ({ id, dashboards }) => {
  it('has a number in every chart', async () => {
    const queries = dashboards.flatMap(panelQueries);
    expect(queries.length).toBeGreaterThan(10);
    for (const { title, expr } of queries) {
      const values = await prometheus.query(expr);
      expect(values.length, `${title}: ${expr}`).toBeGreaterThan(0);
      // A target that answered nothing in this minute has no quantile.
      expect(values.every(Number.isNaN), `${title}: ${expr}`).toBe(false);
    }
  });

  it('offers every gateway of its environment, its own first', async () => {
    const [environment] = id.split(' ');
    const own = watched.filter((one) => one.id.split(' ')[0] === environment);
    const asked = dashboards.flatMap(variableQueries);
    const namespaces = await prometheus.get('label/namespace/values?match[]=envoy_server_live');
    expect(namespaces).toEqual(expect.arrayContaining(own.map(({ namespace }) => namespace)));
    for (const { selector, label, value } of asked)
      expect(await prometheus.get(`label/${label}/values?match[]=${encodeURIComponent(selector)}`)).toContain(
        value,
      );
  });
});

it('there is one dashboard for an environment, whatever its number of gateways', () => {
  expect(shown.length).toBeGreaterThan(0);
  const environments = shown.map(({ id }) => id.split(' ')[0]);
  expect(new Set(environments).size).toBe(environments.length);
  expect(shown.flatMap(({ dashboards }) => dashboards)).toHaveLength(environments.length);
});

it('a chart of a metric that nothing exports is empty: the test would see it', async () => {
  expect(await prometheus.query('sum(envoy_berth_request)')).toEqual([]);
});
