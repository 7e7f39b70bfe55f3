import { autoscalerReplicas, deploymentReplicas } from '../cluster-queries.js';
import type { DashboardInput, Row } from '../panel.js';
import { engineSeries, totalRunning, totalWaiting } from '../queries.js';

/** How many replicas there are, and whether they are enough. */
export function scalingRow(input: DashboardInput): Row {
  const replicas = `count(count by (pod) (${engineSeries(input, 'running')}))`;
  return {
    title: 'Scaling',
    panels: [
      {
        title: 'Replicas',
        description: 'Those that are ready, those that are wanted, and the most there may be.',
        unit: 'short',
        lines: [
          { expr: `sum(${deploymentReplicas(input, 'status_replicas_available')})`, legend: 'ready' },
          { expr: `sum(${deploymentReplicas(input, 'spec_replicas')})`, legend: 'wanted' },
          ...(input.isAutoscaled
            ? [
                {
                  expr: `max(${autoscalerReplicas(input, 'status_desired_replicas')})`,
                  legend: 'asked for by the autoscaler',
                },
                { expr: `max(${autoscalerReplicas(input, 'spec_max_replicas')})`, legend: 'at most' },
              ]
            : []),
        ],
      },
      {
        title: 'Waiting requests per replica',
        description: 'Above the dashed line another replica is called for.',
        unit: 'short',
        lines: [{ expr: `${totalWaiting(input)} / ${replicas}`, legend: 'waiting' }],
        limit: input.waitingPerReplica,
      },
      {
        title: 'Running requests per replica',
        description: 'The dashed line is as many as one engine runs at once.',
        unit: 'short',
        lines: [{ expr: `${totalRunning(input)} / ${replicas}`, legend: 'running' }],
        limit: input.maxNumSeqs,
      },
    ],
  };
}
