import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPromql } from '../../src/inspect/promql.js';
import type { RecordingRule } from '../../src/monitoring/rule.js';
import { findMonitored, type Monitored } from './deployed.js';
import { panelQueries } from './grafana.js';
import { alertsOf, play, scenariosOf } from './play.js';
import { openPromtool, type Promtool } from './promtool.js';
import { recordResults } from './results.js';
import { promtoolTest, readScenarios } from './scenario.js';
import { variables } from './variables.js';

const environments = findMonitored();
const scenarios = readScenarios();
const alerts = [...new Set(environments.flatMap(({ groups }) => alertsOf(groups)))];
let promtool: Promtool;
let played = 0;

beforeAll(async () => {
  promtool = await openPromtool();
});

afterAll(async () => {
  await promtool?.close();
  recordResults({
    environments: environments.length,
    rules: environments.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)).length,
    alerts: alerts.length,
    queries: environments.flatMap(({ queries }) => queries).length,
    scenarios: scenarios.length,
    played,
  });
});

describe.each(environments)('$id', (environment) => {
  const { groups, queries, dashboards } = environment;

  it('has rules that Prometheus reads', async () => {
    expect(await promtool.check(groups)).toEqual({
      ok: true,
      output: expect.stringContaining('SUCCESS'),
    });
  });

  it("has queries that Prometheus' parser and ours read", async () => {
    expect(queries.length).toBeGreaterThan(0);
    const texts = [
      ...queries.filter(({ from }) => from !== 'dashboard').map(({ expression }) => expression),
      ...dashboards.flatMap(panelQueries).map(({ expr }) => expr),
    ];
    expect(texts).toHaveLength(queries.length);
    const rules = texts.map((expr, index): RecordingRule => ({ record: `query:${index}`, expr }));
    expect(await promtool.check([{ name: 'queries', rules }])).toMatchObject({ ok: true });
    for (const { expression, promql } of queries) expect(promql.errors, expression).toEqual([]);
  });
});

// Each group of alerts is played by itself, and only where it differs from another's in more than names: a course of hours
// costs seconds.
const courses = environments.flatMap((environment) =>
  environment.groups
    .filter((group) => alertsOf([group]).length > 0)
    .map((group) => ({ environment, group, title: `${environment.id} ${group.name}` })),
);
const distinct = courses.filter(
  (course, index) => courses.findIndex((other) => anonymous(other) === anonymous(course)) === index,
);

it.each(distinct)('$title: alerts fire and stay silent as they should', async ({ environment, group }) => {
  const mine = scenariosOf(scenarios, environment, group);
  for (const verdict of await play(promtool, environment, group, mine))
    expect(verdict).toEqual({ ok: true, output: expect.stringContaining('SUCCESS') });
  played += mine.length;
});

describe('the alerts of dist', () => {
  it.each(alerts)('have a scenario in which it fires and one in which it is silent: %s', (alert) => {
    const about = scenarios.filter((scenario) => scenario.about === alert);
    const isFired = ({ fires }: (typeof about)[number]) => fires.some((each) => each.alert === alert);
    expect(about.filter(isFired).length, 'fires').toBeGreaterThan(0);
    expect(about.filter((scenario) => !isFired(scenario)).length, 'silent').toBeGreaterThan(0);
  });

  it('fire in every one of their windows', () => {
    const kind = (alert: string, window: string | undefined) => `${alert} ${window ?? ''}`.trim();
    const emitted = environments.flatMap(({ groups }) =>
      groups.flatMap(({ rules }) =>
        rules.flatMap((rule) => ('alert' in rule ? kind(rule.alert, rule.labels.window) : [])),
      ),
    );
    const fired = scenarios.flatMap(({ fires }) => fires.map((each) => kind(each.alert, each.labels.window)));
    expect([...new Set(fired)].sort()).toEqual([...new Set(emitted)].sort());
  });

  it('are those that the scenarios are about', () => {
    expect(scenarios.map(({ about }) => about).filter((about) => !alerts.includes(about))).toEqual([]);
  });
});

describe('both parsers', () => {
  it.each(['sum by (pod) vllm:num_requests_running[5m', 'rate(up)', 'up{pod=server}', 'sum(up) by'])(
    'refuse %s',
    async (expr) => {
      const verdict = await promtool.check([{ name: 'broken', rules: [{ record: 'broken', expr }] }]);
      expect(verdict.ok).toBe(false);
      expect(readPromql(expr).errors).not.toEqual([]);
    },
  );
});

it('a scenario with a wrong text fails', async () => {
  const [environment] = environments as [Monitored];
  const [scenario] = scenarios.filter(({ fires }) => fires.length > 0) as [(typeof scenarios)[number]];
  const wrong = { ...scenario, fires: scenario.fires.map((each) => ({ ...each, description: 'else' })) };
  const test = promtoolTest(wrong, environment.groups, variables(environment));
  expect(await promtool.play(environment.groups, [test])).toMatchObject({
    ok: false,
    output: expect.stringContaining('FAILED'),
  });
});

function anonymous({ environment, group }: (typeof courses)[number]): string {
  const { namespace, model } = variables(environment);
  return JSON.stringify(group).replaceAll(`${namespace}`, 'NAMESPACE').replaceAll(`${model}`, 'MODEL');
}
