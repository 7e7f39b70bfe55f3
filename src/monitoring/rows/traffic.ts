import type { DashboardInput, Row } from '../panel.js';
import { DRAWN } from '../panel.js';
import { httpRequests, perSecond, totalRunning, totalWaiting } from '../queries.js';

/** What comes in and what goes out. */
export function trafficRow(input: DashboardInput): Row {
  return {
    title: 'Traffic',
    panels: [
      {
        title: 'Requests in the engine',
        description: 'Running, and waiting for room, over all replicas.',
        unit: 'short',
        lines: [
          { expr: totalRunning(input), legend: 'running' },
          { expr: totalWaiting(input), legend: 'waiting' },
        ],
      },
      {
        title: 'Answers by how they ended',
        description:
          'stop and length are answers; abort is a client that went away; error is the engine that gave up.',
        unit: 'reqps',
        lines: [
          {
            expr: perSecond(input, 'finished', DRAWN, 'finished_reason'),
            legend: '{{finished_reason}}',
          },
        ],
      },
      {
        title: 'Requests by status',
        description: 'As the HTTP server answered. A refusal inside a stream counts as 2xx.',
        unit: 'reqps',
        lines: [{ expr: `sum by (status) (rate(${httpRequests(input)}[${DRAWN}]))`, legend: '{{status}}' }],
      },
      {
        title: 'Tokens',
        description: 'Prompt tokens read and tokens generated per second, over all replicas.',
        unit: 'short',
        lines: [
          { expr: perSecond(input, 'promptTokens', DRAWN), legend: 'prompt' },
          { expr: perSecond(input, 'generationTokens', DRAWN), legend: 'generated' },
        ],
      },
    ],
  };
}
