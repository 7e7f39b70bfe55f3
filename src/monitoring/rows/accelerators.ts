import type { GpuMetric } from '../cluster-queries.js';
import { gpu } from '../cluster-queries.js';
import type { DashboardInput, Panel, Row } from '../panel.js';

/** Resource of the cards that NVIDIA's exporter sees. */
const NVIDIA = 'nvidia.com/gpu';
const LEGEND = '{{exported_pod}} {{gpu}}';

/** The cards under the server, where NVIDIA's exporter runs; null for other makers' cards. */
export function acceleratorsRow(input: DashboardInput): Row | null {
  if (input.acceleratorResource !== NVIDIA) return null;
  const drawn = (metric: GpuMetric) => `max by (exported_pod, gpu) (${gpu(input, metric)})`;
  const panel = (title: string, unit: string, metric: GpuMetric, description: string): Panel => ({
    title,
    description,
    unit,
    lines: [{ expr: drawn(metric), legend: LEGEND }],
  });
  const [used, free] = [drawn('DCGM_FI_DEV_FB_USED'), drawn('DCGM_FI_DEV_FB_FREE')];
  return {
    title: 'Accelerators',
    panels: [
      panel(
        'Busy',
        'percent',
        'DCGM_FI_DEV_GPU_UTIL',
        'Share of the time in which anything ran, however little.',
      ),
      {
        title: 'Tensor cores and memory at work',
        description:
          'Reading prompts keeps tensor cores busy, generating tokens the memory. Data-centre cards only.',
        unit: 'percentunit',
        lines: [
          { expr: drawn('DCGM_FI_PROF_PIPE_TENSOR_ACTIVE'), legend: `tensor ${LEGEND}` },
          { expr: drawn('DCGM_FI_PROF_DRAM_ACTIVE'), legend: `memory ${LEGEND}` },
        ],
      },
      {
        title: 'Memory in use',
        description: 'Flat by design: the engine takes its share at the start.',
        unit: 'percentunit',
        lines: [{ expr: `${used} / (${used} + ${free})`, legend: LEGEND }],
      },
      panel('Temperature', 'celsius', 'DCGM_FI_DEV_GPU_TEMP', 'A hot card slows down.'),
      panel(
        'Power',
        'watt',
        'DCGM_FI_DEV_POWER_USAGE',
        'Near the limit of the card when it works at full speed.',
      ),
      panel(
        'Last XID error',
        'short',
        'DCGM_FI_DEV_XID_ERRORS',
        'Number of the last error; stays until the exporter restarts.',
      ),
    ],
  };
}
