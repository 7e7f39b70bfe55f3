import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Rule } from '../../../src/inspect/query.js';
import type { Judges } from '../judge.js';
import type { Deployed, Trial } from '../trial.js';

const ROOT = join(import.meta.dirname, '../../..');
const SCENARIOS = join(ROOT, 'tests/monitoring/scenarios');

interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly series?: unknown;
}

/** Scenarios that the layer monitoring plays to promtool, with the whole text of what fires. */
function scenarios(): readonly Scenario[] {
  return readdirSync(SCENARIOS).flatMap((file) => parse(readFileSync(join(SCENARIOS, file), 'utf8')));
}

async function alerts(trial: Trial): Promise<readonly Rule[]> {
  const { rules } = (await trial.one()).inspected;
  const found = rules.filter(({ alert }) => alert !== undefined);
  expect(found.length).toBeGreaterThan(5);
  return found;
}

/** Names of series in queries of the set that neither the engine nor a rule of the set makes. */
export function unknownMetrics({ inspected }: Deployed): string[] {
  const tables = inspected.servers.flatMap(({ engine }) => Object.entries(engine.table?.metrics ?? {}));
  const known = new Set([
    ...tables.flatMap(([base, metric]) => metric.exported ?? [base]),
    ...inspected.rules.flatMap(({ record }) => record ?? []),
  ]);
  const used = inspected.queries.flatMap(({ promql }) =>
    promql.selectors.flatMap(({ metric }) => metric ?? []),
  );
  expect(used.length).toBeGreaterThan(0);
  return [...new Set(used)].filter((metric) => !known.has(metric)).sort();
}

/** Series of the cluster, which no engine exports: scrape health, kube-state-metrics, kubelet, GPU exporter. */
export const OF_THE_CLUSTER = /^(up$|kube_|container_|DCGM_|ALERTS$)/;

const texts = ({ annotations }: Rule) => Object.values(annotations).join('\n');
const labelsIn = (rule: Rule) =>
  [...texts(rule).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => String(label));

export const monitoringJudges: Judges = {
  'monitoring-annotation-uses-a-label-that-is-gone': {
    labels: async (trial) => {
      const lost = (await alerts(trial)).flatMap((rule) => {
        const kept = rule.query.promql.outputLabels;
        // An expression that keeps the labels of its series keeps all that a scrape sets.
        return kept === null
          ? []
          : labelsIn(rule)
              .filter((label) => !kept.includes(label))
              .map((label) => `${rule.alert} ${label}`);
      });
      expect(lost).toEqual([]);
    },
    units: async (trial) => {
      const inSeconds = (await alerts(trial)).filter(({ query }) => /_seconds/.test(query.expression));
      expect(inSeconds.length).toBeGreaterThan(0);
      expect(
        inSeconds.filter((rule) => /\bms\b|millisecond/.test(texts(rule))).map(({ alert }) => alert),
      ).toEqual([]);
    },
    metrics: async (trial) => {
      const unknown = unknownMetrics(await trial.one());
      expect(unknown.filter((metric) => !OF_THE_CLUSTER.test(metric))).toEqual([]);
    },
    rendered: async (trial) => {
      const played = new Set(scenarios().map(({ about }) => about));
      const names = (await alerts(trial)).flatMap(({ alert }) => alert ?? []);
      expect([...new Set(names)].filter((name) => !played.has(name))).toEqual([]);
    },
  },
  'monitoring-healthy-but-admitting-nothing': {
    alert: async (trial) => {
      const rule = (await alerts(trial)).find(({ alert }) => alert === 'HealthyButAdmittingNothing');
      expect(['warning', 'critical']).toContain(rule?.labels.severity);
      const metrics = rule?.query.promql.selectors.map(({ metric }) => metric);
      for (const metric of [
        'vllm:num_requests_waiting',
        'vllm:prompt_tokens_total',
        'vllm:kv_cache_usage_perc',
      ])
        expect(metrics).toContain(metric);
    },
    scenarios: () => {
      const own = scenarios().filter(({ about }) => about === 'HealthyButAdmittingNothing');
      const words = ['field case: healthy', 'a full cache with a moving prompt counter', 'an idle engine'];
      for (const word of words) expect(own.map(({ name }) => name).join('\n')).toContain(word);
    },
    runbook: async (trial) => {
      const rule = (await alerts(trial)).find(({ alert }) => alert === 'HealthyButAdmittingNothing');
      expect(JSON.stringify(rule?.annotations)).toContain('HealthyButAdmittingNothing.md');
      expect(existsSync(join(ROOT, 'docs/runbooks/HealthyButAdmittingNothing.md'))).toBe(true);
    },
  },
};
