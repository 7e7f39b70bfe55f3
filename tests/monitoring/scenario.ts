import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { RuleGroup } from '../../src/monitoring/rule.js';
import { runbook } from '../../src/monitoring/rule.js';

const Texts = z.record(z.string(), z.string());

/** One course of events and what must come of it. `$names` stand for what differs between environments. */
const Scenario = z.strictObject({
  name: z.string(),
  /** The alert that it is about: it fires, or it nearly does. */
  about: z.string(),
  /** Series in promtool's notation, one value a minute until the end (`$minutes`); over those of calm.yaml. `gone` takes one away. */
  series: Texts.default({}),
  /** Whether the series of calm.yaml are there. */
  calm: z.stringbool().default(true),
  at: z.templateLiteral([z.int(), z.enum(['m', 'h', 'd'])]).default('20m'),
  /** Alerts that the environment must have: where one does not exist, neither does what happens here. */
  with: z.array(z.string()).default([]),
  /** Every alert that fires then, with all its labels and its texts as a person reads them. No other of its group may fire. */
  fires: z
    .array(z.strictObject({ alert: z.string(), labels: Texts, summary: z.string(), description: z.string() }))
    .default([]),
});
export type Scenario = z.infer<typeof Scenario>;

/** `tests` of a promtool file. */
export type PromtoolTests = readonly {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly object[];
}[];

/** Every scenario of a folder here. */
export function readScenarios(name = 'scenarios'): readonly Scenario[] {
  const folder = join(import.meta.dirname, name);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => z.array(Scenario).parse(readYaml(join(folder, file))));
}

/** A server on which all is well: requests come, are admitted and answered. */
function calmSeries(): Readonly<Record<string, string>> {
  return Texts.parse(readYaml(join(import.meta.dirname, 'calm.yaml')));
}

/** Every value as text: `0x40` is forty zeros, not a hexadecimal number. */
function readYaml(file: string): unknown {
  return parse(readFileSync(file, 'utf8'), { schema: 'failsafe' });
}

/** `3d` → 4320 */
export function minutes(time: string): number {
  const unit = { m: 1, h: 60, d: 1440 }[time.at(-1) ?? ''];
  return Number.parseInt(time, 10) * (unit ?? Number.NaN);
}

/** The scenario as promtool plays it. Every alert of the groups is asked for: those that are not named must be silent. */
export function promtoolTest(
  scenario: Scenario,
  groups: readonly RuleGroup[],
  values: Readonly<Record<string, string>>,
): PromtoolTests[number] {
  const known = { ...values, minutes: `${minutes(scenario.at)}` };
  const filled = (text: string) =>
    text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => {
      const name = braced ?? bare;
      const value = known[name as keyof typeof known];
      if (value === undefined) throw new Error(`${scenario.name}: nothing stands for $${name}`);
      return value;
    });
  const series = Object.entries({ ...(scenario.calm && calmSeries()), ...scenario.series });
  const alerts = groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? rule.alert : [])));
  return {
    name: scenario.name,
    interval: '1m',
    input_series: series.flatMap(([name, course]) =>
      course === 'gone' ? [] : [{ series: filled(name), values: filled(course) }],
    ),
    alert_rule_test: [...new Set(alerts)].map((alertname) => ({
      eval_time: scenario.at,
      alertname,
      exp_alerts: scenario.fires
        .filter(({ alert }) => alert === alertname)
        .map(({ labels, summary, description }) => ({
          exp_labels: Object.fromEntries(Object.entries(labels).map(([key, text]) => [key, filled(text)])),
          exp_annotations: { summary, description: filled(description), runbook: runbook(alertname) },
        })),
    })),
  };
}
