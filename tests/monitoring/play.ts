import type { RuleGroup } from '../../src/monitoring/rule.js';
import type { Monitored } from './deployed.js';
import type { Promtool, Verdict } from './promtool.js';
import { minutes, promtoolTest, type Scenario } from './scenario.js';
import { variables } from './variables.js';

export function alertsOf(groups: readonly RuleGroup[]): readonly string[] {
  return groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? rule.alert : [])));
}

/** Scenarios about alerts of a group, without those of what the environment's engine does not have. */
export function scenariosOf(
  scenarios: readonly Scenario[],
  { groups }: Monitored,
  group: RuleGroup,
): readonly Scenario[] {
  const [here, everywhere] = [alertsOf([group]), alertsOf(groups)];
  return scenarios.filter(
    (each) => here.includes(each.about) && each.with.every((name) => everywhere.includes(name)),
  );
}

/** Plays scenarios on one group of rules. One verdict for each pace of evaluation. */
export async function play(
  promtool: Promtool,
  environment: Monitored,
  group: RuleGroup,
  scenarios: readonly Scenario[],
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const everyMinutes of [1, 5, 15]) {
    const tests = scenarios
      .filter(({ at }) => stepMinutes(at) === everyMinutes)
      .map((scenario) => promtoolTest(scenario, [group], variables(environment)));
    if (tests.length > 0) verdicts.push(await promtool.play([group], tests, everyMinutes));
  }
  return verdicts;
}

/** Rules are evaluated every minute in courses of an hour, and less often in longer ones. */
function stepMinutes(at: string): number {
  if (minutes(at) <= 60) return 1;
  return minutes(at) <= 1440 ? 5 : 15;
}
