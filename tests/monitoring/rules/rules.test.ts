import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPromql } from '../../../src/inspect/promql.js';
import { gatewayRules } from '../../../src/monitoring/gateway/gateway-rules.js';
import { licensedRules } from '../../../src/monitoring/licensed/licensed-rules.js';
import { engineMetric, hasMetric, METRIC_KEYS } from '../../../src/monitoring/metrics.js';
import type { AlertingRule, RuleInput } from '../../../src/monitoring/rule.js';
import { ruleGroups } from '../../../src/monitoring/rules.js';

const root = join(import.meta.dirname, '..', '..', '..');
const input: RuleInput = {
  engineVersion: '0.32.0',
  namespace: 'chat-production',
  modelName: 'qwen3-32b',
  job: 'chat-production/server',
  deployment: 'server',
  container: 'server',
  waitingPerReplica: 16,
  maxNumSeqs: 64,
  ttftSeconds: 2,
  interTokenSeconds: 0.05,
  availability: 0.99,
};

const rulesOf = (change: Partial<RuleInput> = {}) =>
  ruleGroups({ ...input, ...change }).flatMap(({ rules }) => rules);
const alertsOf = (change: Partial<RuleInput> = {}): AlertingRule[] =>
  rulesOf(change).filter((rule) => 'alert' in rule);
const alert = (name: string, change: Partial<RuleInput> = {}): AlertingRule => {
  const found = alertsOf(change).find((rule) => rule.alert === name);
  if (found === undefined) throw new Error(`no alert ${name}`);
  return found;
};

/** Labels that the cluster's own exporters give: kube-state-metrics and the scrape itself. */
const CLUSTER_METRICS = /^(up|kube_\w+)$/;

describe.each(['0.19.1', '0.20.2', '0.32.0', '0.33.0'])('the rules for vLLM %s', (engineVersion) => {
  const rules = rulesOf({ engineVersion });
  const exported = METRIC_KEYS.filter((key) => hasMetric(key, engineVersion)).map(
    (key) => engineMetric(key, engineVersion).name,
  );

  it('are PromQL', () => {
    for (const { expr } of rules) expect(readPromql(expr).errors, expr).toEqual([]);
  });

  it('name only metrics that the engine or the cluster exports', () => {
    const recorded = rules.flatMap((rule) => ('record' in rule ? rule.record : []));
    const names = rules.flatMap(({ expr }) => readPromql(expr).selectors.map(({ metric }) => metric ?? ''));
    const bare = names.map((name) => name.replace(/(?<=_seconds)_(bucket|count|sum)$/, ''));
    const known = [...exported, ...recorded];
    expect(bare.filter((name) => !CLUSTER_METRICS.test(name) && !known.includes(name))).toEqual([]);
  });

  it('narrow every series to their own namespace', () => {
    for (const { expr } of rules) {
      for (const { matchers } of readPromql(expr).selectors) {
        expect(matchers).toContainEqual({ label: 'namespace', op: '=', value: 'chat-production' });
      }
    }
  });
});

function gatewayAlerts(): AlertingRule[] {
  const spend = { currency: 'CNY', monthly: 3000, prices: [{ connector: 'a--b', input: 1, output: 2 }] };
  return gatewayRules({ namespace: 'chat-production', job: 'chat-production/gateway', spend })
    .flatMap((group) => group.rules)
    .filter((rule) => 'alert' in rule);
}

function licensedAlerts(): AlertingRule[] {
  const of = { namespace: 'bank', deployment: 'server', container: 'server', job: 'bank/server' };
  return licensedRules({ ...of, licenceContainer: 'wait-for-licence' })
    .flatMap((group) => group.rules)
    .filter((rule) => 'alert' in rule);
}

/** One burn rate of each service level has four alerts of one name. */
const named = [...alertsOf(), ...gatewayAlerts(), ...licensedAlerts()].map((rule) => ({
  ...rule,
  title: `${rule.alert} ${rule.labels.window ?? ''}`,
}));

describe.each(named)('the alert $title', (rule) => {
  const { labels, annotations, expr } = rule;

  it('has a severity, a time, and a summary that is always the same', () => {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(rule.for).toMatch(/^\d+[mh]$/);
    expect(annotations.summary).not.toMatch(/\{\{/);
  });

  it('speaks only of labels that survive its expression', () => {
    const spoken = [...annotations.description.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    const { outputLabels, selectors } = readPromql(expr);
    // A bare selector keeps the labels of the series: those that it names are certain to be there.
    const kept = outputLabels ?? selectors[0]?.matchers.map(({ label }) => label) ?? [];
    expect([...kept, ...Object.keys(labels)]).toEqual(expect.arrayContaining(spoken));
  });

  it('has a page that says what to do', () => {
    expect(annotations.runbook).toBe(`docs/runbooks/${rule.alert}.md`);
    const page = readFileSync(join(root, annotations.runbook), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${rule.alert}`);
    expect(page).toContain('## What to do');
  });
});

describe('the alerts', () => {
  it('are as many as the pages in docs/runbooks', () => {
    const pages = readdirSync(join(root, 'docs', 'runbooks')).map((file) => file.replace(/\.md$/, ''));
    expect(pages.sort()).toEqual([...new Set(named.map((rule) => rule.alert))].sort());
  });

  it('count refused requests only where the engine does', () => {
    const names = alertsOf({ engineVersion: '0.31.0' }).map((rule) => rule.alert);
    expect(names).not.toContain('AdmissionRejections');
  });

  it('take places from the engine: a full batch of long answers admits nothing for good reason', () => {
    expect(alert('HealthyButAdmittingNothing', { maxNumSeqs: 8 }).expr).toContain('< 8 and');
  });

  it('expect a queue of the planned length per replica', () => {
    expect(alert('QueueGrowing', { waitingPerReplica: 5 }).expr).toContain('> 5 * scalar(');
  });
});
