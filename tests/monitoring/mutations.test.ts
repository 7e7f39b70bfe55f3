import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AlertingRule, RuleGroup } from '../../src/monitoring/rule.js';
import { findMonitored, type Monitored } from './deployed.js';
import { alertsOf, play, scenariosOf } from './play.js';
import { openPromtool, type Promtool } from './promtool.js';
import { recordResults } from './results.js';
import { readScenarios } from './scenario.js';

interface Mutation {
  readonly group: RuleGroup;
  readonly alert: string;
  readonly dropped: string;
}

const scenarios = readScenarios();
const [environment] = findMonitored().filter(({ groups }) =>
  alertsOf(groups).includes('AdmissionRejections'),
) as [Monitored];
const mutations = environment.groups.flatMap(mutationsOf);
let promtool: Promtool;

beforeAll(async () => {
  promtool = await openPromtool();
});
afterAll(async () => {
  await promtool?.close();
  recordResults({ conditions: mutations.length });
});

// A condition that no scenario needs could be wrong, or missing, and nobody would see it.
it.each(mutations)('some scenario needs this condition of $alert: $dropped', async ({ group, alert }) => {
  const mine = scenariosOf(scenarios, environment, group).filter(
    ({ about }) => about === alert || !group.name.startsWith('vllm.slo.'),
  );
  const verdicts = await play(promtool, environment, group, mine);
  expect(verdicts.map(({ output }) => output).join('\n')).toContain(`alertname: ${alert}`);
});

/** The group without one of the conditions of an alert; of the alerts of one name, which differ in numbers, the first. */
function mutationsOf(group: RuleGroup): readonly Mutation[] {
  const firsts = group.rules.filter(
    (rule, index): rule is AlertingRule =>
      'alert' in rule &&
      group.rules.findIndex((other) => 'alert' in other && other.alert === rule.alert) === index,
  );
  return firsts.flatMap((rule) => {
    const conditions = rule.expr.split(/ (?=and )/);
    if (conditions.length === 1) return [];
    return conditions.map((dropped) => {
      const expr = conditions
        .filter((condition) => condition !== dropped)
        .join(' ')
        .replace(/^and (on \([^)]*\) )?/, '');
      const rules = group.rules.map((other) => (other === rule ? { ...rule, expr } : other));
      return { group: { ...group, rules }, alert: rule.alert, dropped };
    });
  });
}
