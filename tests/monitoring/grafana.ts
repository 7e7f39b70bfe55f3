import type { KubeObject } from '../cluster/kube-object.js';

/** A dashboard as Grafana would load it. */
export interface Dashboard {
  readonly uid: string;
  readonly panels: readonly DashboardPanel[];
  readonly templating: { readonly list: readonly DashboardVariable[] };
}

export interface DashboardPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

interface DashboardVariable {
  readonly name: string;
  readonly definition?: string;
  readonly current?: { readonly value: string };
}

/** Dashboards in ConfigMaps that the sidecar would load. */
export function dashboardsOf(objects: readonly KubeObject[]): readonly Dashboard[] {
  return objects
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels?.grafana_dashboard === '1')
    .flatMap(({ data }) => Object.values(data as Record<string, string>))
    .map((text) => JSON.parse(text));
}

/** Every query of a dashboard, as Grafana sends it: its variables are those that are chosen first. */
export function panelQueries(dashboard: Dashboard): readonly { title: string; expr: string }[] {
  return dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ title, expr: chosen(dashboard, expr) })),
  );
}

/** `label_values(SELECTOR, LABEL)` of each variable that asks Prometheus, and the value that is chosen first. */
export function variableQueries(dashboard: Dashboard) {
  return dashboard.templating.list.flatMap(({ name, definition, current }) => {
    if (definition === undefined) return [];
    const [, selector = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
    return [{ name, selector: chosen(dashboard, selector), label, value: current?.value }];
  });
}

function chosen({ templating }: Dashboard, text: string): string {
  return text.replace(/\$(\w+)/g, (_, name) => {
    if (name === '__rate_interval') return '1m';
    const value = templating.list.find((variable) => variable.name === name)?.current?.value;
    if (value === undefined) throw new Error(`no variable $${name}`);
    return value;
  });
}
