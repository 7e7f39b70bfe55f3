import { listAt, textAt, textMapAt, valueAt } from './field.js';
import { type Promql, readPromql } from './promql.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf } from './workload.js';

/** One PromQL query that the manifests hold, wherever it stands. */
export interface Query {
  readonly subject: string;
  readonly namespace: string;
  readonly from: 'alert' | 'record' | 'scaler' | 'dashboard';
  /** Alert or record, or the panel's title. */
  readonly name: string;
  readonly expression: string;
  readonly promql: Promql;
}

/** One rule of a PrometheusRule as it stands. */
export interface Rule {
  readonly subject: string;
  readonly namespace: string;
  readonly group: string;
  readonly alert?: string;
  readonly record?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly query: Query;
}

export function readRules(object: KubernetesObject): readonly Rule[] {
  if (object.kind !== 'PrometheusRule') return [];
  return listAt(object, 'spec', 'groups').flatMap((group) =>
    listAt(group, 'rules').map((rule) => {
      const alert = textAt(rule, 'alert');
      const record = textAt(rule, 'record');
      const name = alert ?? record ?? '';
      const expression = String(valueAt(rule, 'expr') ?? '');
      return {
        subject: subjectOf(object),
        namespace: namespaceOf(object),
        group: textAt(group, 'name') ?? '',
        alert,
        record,
        labels: textMapAt(rule, 'labels'),
        annotations: textMapAt(rule, 'annotations'),
        query: readQuery(object, alert === undefined ? 'record' : 'alert', name, expression),
      };
    }),
  );
}

/** Queries of the panels of a Grafana dashboard in a ConfigMap or a GrafanaDashboard. */
export function readDashboardQueries(object: KubernetesObject): readonly Query[] {
  const labels = textMapAt(object, 'metadata', 'labels');
  const isDashboard =
    object.kind === 'ConfigMap' && Object.keys(labels).some((key) => key.includes('grafana_dashboard'));
  const texts = isDashboard
    ? Object.values(textMapAt(object, 'data'))
    : object.kind === 'GrafanaDashboard'
      ? [textAt(object, 'spec', 'json') ?? '']
      : [];
  return texts.flatMap((text) =>
    expressions(parseJson(text)).map(([title, expr]) => readQuery(object, 'dashboard', title, expr)),
  );
}

export function readQuery(
  object: KubernetesObject,
  from: Query['from'],
  name: string,
  expression: string,
): Query {
  const promql = readPromql(from === 'dashboard' ? withoutVariables(expression) : expression);
  return { subject: subjectOf(object), namespace: namespaceOf(object), from, name, expression, promql };
}

/** Grafana's own variables, as a panel would see them; variables inside quotes may stay. */
function withoutVariables(expression: string): string {
  return expression
    .replace(/\$__(rate_interval|interval|range)(_ms|_s)?|\$\{__(rate_interval|interval|range)\}/g, '5m')
    .replace(/\[\$\{?\w+\}?/g, '[5m');
}

function expressions(node: unknown, title = ''): readonly (readonly [string, string])[] {
  if (typeof node !== 'object' || node === null) return [];
  const named = textAt(node, 'title') ?? title;
  const own = textAt(node, 'expr');
  const below = Object.values(node).flatMap((child) => expressions(child, named));
  return own === undefined ? below : [[named, own], ...below];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
