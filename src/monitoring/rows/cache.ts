import type { DashboardInput, Row } from '../panel.js';
import { DRAWN } from '../panel.js';
import { engineSeries, perSecond, prefixHitShare } from '../queries.js';

/** The KV cache, which decides how many requests run at once. */
export function cacheRow(input: DashboardInput): Row {
  return {
    title: 'KV cache',
    panels: [
      {
        title: 'KV cache in use',
        description: 'By pod. Above 90 % requests wait for good reason.',
        unit: 'percentunit',
        lines: [{ expr: `max by (pod) (${engineSeries(input, 'kvCacheUsage')})`, legend: '{{pod}}' }],
        limit: 0.9,
      },
      {
        title: 'Prompt tokens found in the cache',
        description:
          'Share of the prompt tokens that were looked up. A fall means that prompts no longer begin alike.',
        unit: 'percentunit',
        lines: [{ expr: prefixHitShare(input, DRAWN), legend: 'found' }],
      },
      {
        title: 'Preemptions',
        description: 'Requests thrown out of the full cache, which are computed again.',
        unit: 'reqps',
        lines: [{ expr: perSecond(input, 'preemptions', DRAWN, 'pod'), legend: '{{pod}}' }],
      },
    ],
  };
}
