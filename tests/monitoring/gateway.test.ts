import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayPlan } from '../../src/plan/gateway/gateway-plan.js';
import { findGateways } from './gateways.js';
import { alertsOf } from './play.js';
import { openPromtool, type Promtool } from './promtool.js';
import { minutes, promtoolTest, readScenarios } from './scenario.js';

const watched = findGateways();
const scenarios = readScenarios('gateway-scenarios');
let promtool: Promtool;
beforeAll(async () => {
  promtool = await openPromtool();
});
afterAll(() => promtool?.close());

/** Minutes of a day, and what a day's share of the budget buys of the dearest tokens. */
function variables({ gateway, namespace }: (typeof watched)[number]): Record<string, string> {
  const job = `${namespace}/${gateway.name}`;
  const scraped = (pod: string) => `namespace="${namespace}",job="${job}",pod="${pod}"`;
  return { namespace, job, scraped: scraped('a'), scrapedB: scraped('b'), ...spent(gateway) };
}

function spent({ monitoring }: GatewayPlan): Record<string, string> {
  const spend = monitoring?.spend;
  const price = spend?.prices[0];
  if (!spend || !price) return {};
  const share = spend.monthly / 30;
  const aMinute = (shares: number) => Math.round((shares * share * 1e6) / price.output / 1440);
  const cost = (tokens: number) => (tokens * 1440 * price.output) / 1e6;
  return {
    connector: price.connector,
    currency: spend.currency,
    monthly: `${spend.monthly}`,
    tokensOfThreeShares: `${aMinute(3)}`,
    tokensOfOneShare: `${aMinute(1)}`,
    threeShares: `${Number(cost(aMinute(3)).toPrecision(4))}`,
  };
}

describe.each(watched)('$id', (one) => {
  const alerts = alertsOf(one.groups);

  it('has rules that Prometheus reads', async () => {
    expect(await promtool.check(one.groups)).toEqual({
      ok: true,
      output: expect.stringContaining('SUCCESS'),
    });
  });

  it('has alerts that fire and stay silent as they should', async () => {
    for (const every of [1, 5]) {
      const mine = scenarios.filter(
        ({ about, at }) => alerts.includes(about) && (minutes(at) > 60 ? 5 : 1) === every,
      );
      if (mine.length === 0) continue;
      const tests = mine.map((scenario) => promtoolTest(scenario, one.groups, variables(one)));
      expect(await promtool.play(one.groups, tests, every)).toEqual({
        ok: true,
        output: expect.stringContaining('SUCCESS'),
      });
    }
  });
});

it('every alert of a gateway has a scenario in which it fires and one in which it is silent', () => {
  const alerts = [...new Set(watched.flatMap(({ groups }) => alertsOf(groups)))];
  expect(alerts.length).toBeGreaterThan(5);
  for (const alert of alerts) {
    const about = scenarios.filter((scenario) => scenario.about === alert);
    expect(
      about.some(({ fires }) => fires.length > 0),
      `${alert} fires`,
    ).toBe(true);
    expect(
      about.some(({ fires }) => fires.length === 0),
      `${alert} is silent`,
    ).toBe(true);
  }
});
