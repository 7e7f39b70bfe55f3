import type { HistogramKey } from '../metrics.js';
import type { DashboardInput, Panel, Row } from '../panel.js';
import { DRAWN } from '../panel.js';
import { quantile } from '../queries.js';

/** How long users wait, and for what. */
export function latencyRow(input: DashboardInput): Row {
  return {
    title: 'Latency',
    panels: [
      {
        ...quantiles(input, 'timeToFirstToken'),
        title: 'Time to the first token',
        description: 'The dashed line is the service level, which p95 must keep.',
        limit: input.ttftSeconds,
      },
      {
        ...quantiles(input, 'interTokenLatency'),
        title: 'Time between tokens',
        description:
          'Between two outputs of the engine; with speculative decoding one is several tokens. The dashed line is the service level.',
        limit: input.interTokenSeconds,
      },
      {
        ...quantiles(input, 'requestLatency'),
        title: 'Time to the last token',
        description: 'Grows with the length of the answers.',
      },
      {
        title: 'Where the time to the first token goes (p95)',
        description:
          'Waiting calls for replicas; reading the prompt calls for more GPUs a replica or shorter prompts.',
        unit: 's',
        lines: [
          { expr: quantile(input, 'queueTime', 0.95, DRAWN), legend: 'waiting' },
          { expr: quantile(input, 'prefillTime', 0.95, DRAWN), legend: 'reading the prompt' },
        ],
      },
    ],
  };
}

function quantiles(input: DashboardInput, key: HistogramKey): Pick<Panel, 'unit' | 'lines'> {
  return {
    unit: 's',
    lines: [0.5, 0.95, 0.99].map((share) => ({
      expr: quantile(input, key, share, DRAWN),
      legend: `p${100 * share}`,
    })),
  };
}
