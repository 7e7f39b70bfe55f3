import { badRatioSeries } from '../burn-rate.js';
import { containerRestarts } from '../cluster-queries.js';
import { hasMetric } from '../metrics.js';
import type { DashboardInput, Panel, Row } from '../panel.js';
import { DRAWN } from '../panel.js';
import { failedShare, perSecond } from '../queries.js';
import { serviceLevels } from '../service-level.js';

/** What went wrong, and how much of it the service levels allow. */
export function errorsRow(input: DashboardInput): Row {
  return {
    title: 'Errors',
    panels: [
      {
        title: 'Failed requests',
        description:
          'Share that was answered with 5xx or refused. The dashed line is what the service level allows.',
        unit: 'percentunit',
        lines: [{ expr: failedShare(input, DRAWN), legend: 'failed' }],
        limit: input.availability === null ? null : Number((1 - input.availability).toPrecision(6)),
      },
      ...(hasMetric('rejected', input.engineVersion) ? [refusals(input)] : []),
      ...serviceLevels(input).map(
        ({ slo, objective, bad }): Panel => ({
          title: `Error budget: ${slo.replace('-', ' ')}`,
          description: `Share of ${bad}, over three windows. The dashed line is what the service level allows.`,
          unit: 'percentunit',
          lines: (['1h', '6h', '3d'] as const).map((window) => ({
            expr: badRatioSeries(input, slo, window),
            legend: window,
          })),
          limit: Number((1 - objective).toPrecision(6)),
        }),
      ),
      {
        title: 'Restarts within an hour',
        description: 'Of the server in each pod.',
        unit: 'short',
        lines: [{ expr: `sum by (pod) (changes(${containerRestarts(input)}[1h]))`, legend: '{{pod}}' }],
      },
    ],
  };
}

function refusals(input: DashboardInput): Panel {
  return {
    title: 'Refused requests',
    description:
      'By the cap that they hit. Inside a stream a refusal has status 200: only this counter shows it.',
    unit: 'reqps',
    lines: [{ expr: perSecond(input, 'rejected', DRAWN, 'reason'), legend: '{{reason}}' }],
  };
}
