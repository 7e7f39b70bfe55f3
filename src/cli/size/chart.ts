import { parse, Error as Silent, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** One point of a curve. */
export interface SpeedPoint {
  readonly name: string;
  readonly concurrency: number;
  readonly running: number;
  readonly outputTokensPerSecond: number;
  readonly ttftMs: number;
  readonly tpotMs: number;
}

/** Two pictures side by side: tokens a second against the time per token, and against the time to the first. SVG. */
export async function chart(title: string, points: readonly SpeedPoint[]): Promise<string> {
  const view = new View(parse(compile(specification(title, points)).spec), {
    renderer: 'none',
    logLevel: Silent,
  });
  return view.toSVG();
}

function specification(title: string, points: readonly SpeedPoint[]): TopLevelSpec {
  return {
    title: { text: title, anchor: 'start' },
    data: { values: [...points] },
    background: 'white',
    hconcat: [
      panel('tpotMs', 'time per output token, ms', true),
      panel('ttftMs', 'time to first token, ms', false),
    ],
    config: { axis: { grid: true, gridColor: '#eee' }, view: { stroke: null } },
  };
}

function panel(field: 'tpotMs' | 'ttftMs', title: string, named: boolean) {
  const x = {
    field,
    type: 'quantitative' as const,
    title,
    scale: field === 'ttftMs' ? { type: 'log' as const } : { zero: true },
  };
  const y = {
    field: 'outputTokensPerSecond',
    type: 'quantitative' as const,
    title: named ? 'output tokens a second' : null,
  };
  const color = {
    field: 'name',
    type: 'nominal' as const,
    title: null,
    legend: { orient: 'bottom' as const, columns: 2 },
  };
  const order = { field: 'concurrency', type: 'quantitative' as const };
  return {
    width: 380,
    height: 320,
    layer: [
      { mark: { type: 'line' as const, point: true, strokeWidth: 2 }, encoding: { x, y, color, order } },
      {
        transform: [{ filter: 'indexof([1, 8, 32, 128, 512], datum.concurrency) >= 0' }],
        mark: { type: 'text' as const, dy: -9, fontSize: 10 },
        encoding: { x, y, color, text: { field: 'concurrency', type: 'quantitative' as const } },
      },
    ],
  };
}
