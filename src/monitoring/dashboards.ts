import type { DashboardInput, Row } from './panel.js';
import { acceleratorsRow } from './rows/accelerators.js';
import { cacheRow } from './rows/cache.js';
import { errorsRow } from './rows/errors.js';
import { latencyRow } from './rows/latency.js';
import { scalingRow } from './rows/scaling.js';
import { trafficRow } from './rows/traffic.js';

/** The rows of a server's dashboard, as data. Its queries name whatever `$namespace` and `$model` stand for. */
export function dashboardRows(input: DashboardInput): Row[] {
  const [, server = ''] = input.job.split('/');
  const chosen = { ...input, namespace: '$namespace', modelName: '$model', job: `$namespace/${server}` };
  const rows = [
    trafficRow(chosen),
    latencyRow(chosen),
    cacheRow(chosen),
    errorsRow(chosen),
    acceleratorsRow(chosen),
    scalingRow(chosen),
  ];
  return rows.filter((row) => row !== null);
}
