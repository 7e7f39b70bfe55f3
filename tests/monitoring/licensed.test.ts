import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleGroup } from '../../src/monitoring/rule.js';
import { type Plan, plansOf } from '../../src/plan/plan.js';
import { findEnvironments } from '../cluster/environments.js';
import { alertsOf } from './play.js';
import { openPromtool, type Promtool } from './promtool.js';
import { promtoolTest, readScenarios } from './scenario.js';

/** Every licensed container of dist/ that is watched, with its rules as emitted. */
const watched = findEnvironments().flatMap(({ id, folder, objects }) => {
  const file = join(dirname(folder), `${id.split('/')[1]}.plan.json`);
  const plan: Plan = JSON.parse(readFileSync(file, 'utf8'));
  return plansOf(plan).flatMap(({ licensed = [], namespace }) =>
    licensed.flatMap(({ name, operator }) => {
      const rules = objects.find(
        ({ kind, metadata }) =>
          kind === 'PrometheusRule' && metadata.name === name && metadata.namespace === namespace,
      );
      // NVIDIA's operator names containers and, by its ServiceMonitor, jobs in its own way.
      const job = operator ? name : `${namespace}/${name}`;
      const container = operator ? `${name}-ctr` : name;
      return rules ? [{ id, namespace, job, container, groups: rules.spec.groups as RuleGroup[] }] : [];
    }),
  );
});
const scenarios = readScenarios('licensed-scenarios');
let promtool: Promtool;
beforeAll(async () => {
  promtool = await openPromtool();
});
afterAll(() => promtool?.close());

function variables({ namespace, job, container }: (typeof watched)[number]): Record<string, string> {
  const scraped = (pod: string) => `namespace="${namespace}",job="${job}",pod="${pod}"`;
  return { namespace, job, container, scraped: scraped('server-a'), scrapedB: scraped('server-b') };
}

describe.each(watched)('$id', (one) => {
  const alerts = alertsOf(one.groups);
  const mine = scenarios.filter(({ about }) => alerts.includes(about));

  it('has rules that Prometheus reads', async () => {
    expect(await promtool.check(one.groups)).toEqual({
      ok: true,
      output: expect.stringContaining('SUCCESS'),
    });
  });

  it('has alerts that fire and stay silent as they should', async () => {
    // Where no metrics are documented nothing is scraped, and nobody can be seen to be down by that.
    const silent = alerts.includes('ContainerDown') ? {} : { 'up{$scraped}': 'gone' };
    const licence = { 'up{$scraped}': '1x$minutes' };
    const tests = mine.map((scenario) =>
      promtoolTest(
        { ...scenario, series: { ...licence, ...scenario.series, ...silent } },
        one.groups,
        variables(one),
      ),
    );
    expect(tests.length).toBeGreaterThan(6);
    expect(await promtool.play(one.groups, tests, 1)).toEqual({
      ok: true,
      output: expect.stringContaining('SUCCESS'),
    });
  });
});

it('every alert of a licensed container has a scenario in which it fires and one in which it is silent', () => {
  const alerts = [...new Set(watched.flatMap(({ groups }) => alertsOf(groups)))].sort();
  expect(alerts).toEqual([...new Set(scenarios.map(({ about }) => about))].sort());
  for (const alert of alerts) {
    const about = scenarios.filter((scenario) => scenario.about === alert);
    const firing = about.filter(({ fires }) => fires.some((one) => one.alert === alert));
    expect(firing.length, `${alert} fires`).toBeGreaterThan(0);
    expect(about.length, `${alert} is silent`).toBeGreaterThan(firing.length);
  }
});
