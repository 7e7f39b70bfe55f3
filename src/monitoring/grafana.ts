import { dashboardRows } from './dashboards.js';
import { engineMetric } from './metrics.js';
import type { DashboardInput, Panel, Row } from './panel.js';

/** Grafana 11 writes it, older ones from 10.4 read it. */
const SCHEMA_VERSION = 39;
const DATASOURCE = { type: 'prometheus', uid: '$datasource' };
const COLUMNS = 3;
const PANEL = { width: 8, height: 8 };

/**
 * The dashboard of a server as Grafana's JSON model.
 *
 * @param uid Stays the same for as long as links to it should work; at most 40 characters.
 */
export function grafanaDashboard(input: DashboardInput, uid: string): object {
  const rows = dashboardRows(input);
  return dashboardModel({
    uid,
    title: input.title,
    tags: ['berth', 'vllm'],
    variables: variables(input),
    rows,
  });
}

/** What Grafana wants around the variables and rows of a dashboard. */
export function dashboardModel({
  uid,
  title,
  tags,
  variables: chosen,
  rows,
}: {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly variables: readonly object[];
  readonly rows: readonly Row[];
}): object {
  if (!/^[\w-]{1,40}$/.test(uid)) throw new Error(`no uid of a dashboard: '${uid}'`);
  return {
    uid,
    title,
    tags: [...tags],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    annotations: { list: [] },
    links: [],
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', hide: 0 },
        ...chosen,
      ],
    },
    panels: laidOut(rows),
  };
}

/** Of which server. What exists is asked for; the server it was made for is chosen first. */
function variables({ namespace, modelName, engineVersion }: DashboardInput): object[] {
  const { name } = engineMetric('running', engineVersion);
  return [
    queryVariable('namespace', 'Namespace', `label_values(${name}, namespace)`, namespace),
    queryVariable('model', 'Model', `label_values(${name}{namespace="$namespace"}, model_name)`, modelName),
  ];
}

/** A variable whose values Prometheus is asked for. */
export function queryVariable(variable: string, label: string, text: string, current: string): object {
  return {
    name: variable,
    label,
    type: 'query',
    datasource: DATASOURCE,
    query: { query: text, refId: variable },
    definition: text,
    refresh: 2,
    sort: 1,
    hide: 0,
    includeAll: false,
    multi: false,
    current: { selected: true, text: current, value: current },
  };
}

/** Three panels beside each other, under the title of their row. */
function laidOut(rows: readonly Row[]): object[] {
  const panels: object[] = [];
  let y = 0;
  for (const { title, panels: inRow } of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: 24, h: 1 },
      panels: [],
    });
    y += 1;
    inRow.forEach((panel, index) => {
      const x = (index % COLUMNS) * PANEL.width;
      const gridPos = {
        x,
        y: y + Math.floor(index / COLUMNS) * PANEL.height,
        w: PANEL.width,
        h: PANEL.height,
      };
      panels.push({ id: panels.length + 1, gridPos, ...chart(panel) });
    });
    y += Math.ceil(inRow.length / COLUMNS) * PANEL.height;
  }
  return panels;
}

function chart({ title, description, unit, lines, limit }: Panel): object {
  const steps = [{ color: 'green', value: null }, ...(limit == null ? [] : [{ color: 'red', value: limit }])];
  return {
    type: 'timeseries',
    title,
    description,
    datasource: DATASOURCE,
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        custom: {
          fillOpacity: 10,
          showPoints: 'never',
          thresholdsStyle: { mode: limit == null ? 'off' : 'dashed' },
        },
        thresholds: { mode: 'absolute', steps },
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: lines.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: DATASOURCE,
      editorMode: 'code',
      expr,
      legendFormat: legend,
      range: true,
    })),
  };
}
