import Table from 'cli-table3';
import type { NearestChoice, SizeRequest, Sizing } from '../../sizing/types.js';
import type { Colours } from '../terminal.js';

/** A sizing as a person reads it: the verdict, the memory of one accelerator, what would fit, what was assumed. */
export function showSizing(request: SizeRequest, sizing: Sizing, colours: Colours): string {
  const { settings } = sizing;
  const cut = `tensor parallel ${settings.tensorParallelSize}${settings.pipelineParallelSize > 1 ? ` × ${settings.pipelineParallelSize} stages` : ''}`;
  return [
    `${colours.bold(`${request.model.name}, ${settings.precision}`)} on ${settings.gpus} × ${request.accelerator.name} (${cut}), ${settings.engine}`,
    verdictLine(sizing, colours),
    ...sizing.blockers.map(({ id, message }) => `  ${colours.bold(id)}: ${message}`),
    memoryTable(sizing),
    capacityLine(sizing),
    ...speedLines(sizing),
    hostLine(sizing),
    ...nearestLines(sizing),
    ...sizing.assumptions.map((line) => colours.dim(`assumed: ${line}`)),
  ].join('\n');
}

function verdictLine(sizing: Sizing, colours: Colours): string {
  const { verdict, missingGibRange, maxConcurrency, settings } = sizing;
  const [likely, unfavourable] = missingGibRange;
  if (verdict === 'fits')
    return colours.green(`fits: ${maxConcurrency} requests of ${settings.maxModelLen} tokens at once`);
  if (verdict === 'barely')
    return colours.yellow(
      `barely: fits at the likely overhead, at the unfavourable one ${unfavourable} GiB an accelerator are missing`,
    );
  const missing =
    likely > 0
      ? `, ${likely} GiB an accelerator are missing, up to ${unfavourable} at the unfavourable end`
      : '';
  return colours.red(`does not fit${missing}`);
}

function memoryTable({ perGpu, graphsInsideBudget, kvCacheGibRange: [low, high] }: Sizing): string {
  const table = new Table({
    head: ['one accelerator', 'GiB'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    colAligns: ['left', 'right'],
  });
  table.push(
    ['memory', perGpu.totalGib.toFixed(2)],
    ['budget of the engine', perGpu.budgetGib.toFixed(2)],
    ['weights', perGpu.weightsGib.toFixed(2)],
    ['activation', perGpu.activationGib.toFixed(2)],
    ['outside PyTorch', perGpu.nonTorchGib.toFixed(2)],
    [graphsInsideBudget ? 'CUDA graphs' : 'CUDA graphs, beside the budget', perGpu.cudaGraphGib.toFixed(2)],
    [`KV cache (${low.toFixed(2)} to ${high.toFixed(2)})`, perGpu.kvCacheGib.toFixed(2)],
  );
  return table.toString();
}

function capacityLine(sizing: Sizing): string {
  const kib = (bytes: number) => (bytes / 1024).toFixed(1);
  const state = sizing.stateBytesPerSequencePerGpu;
  const perToken = `${kib(sizing.kvBytesPerTokenPerGpu)} KiB a token and accelerator`;
  return `cache: ${sizing.kvCacheTokens} tokens, ${perToken}${state > 0 ? `, ${kib(state)} KiB a sequence` : ''}`;
}

function speedLines({ throughput }: Sizing): string[] {
  if (throughput === null) return [];
  const { outputTokensPerSecond, ttftMs, tpotMs, errorBand, concurrency, inputTokens, outputTokens } =
    throughput;
  return [
    `speed at ${concurrency} × ${inputTokens} → ${outputTokens} tokens: ${outputTokensPerSecond} output tokens/s, first token after ${ttftMs} ms, then one every ${tpotMs} ms (± ${Math.round(errorBand * 100)} %)`,
  ];
}

function hostLine({ host }: Sizing): string {
  const shared = host.sharedMemoryGib > 0 ? `, ${host.sharedMemoryGib} GiB shared memory` : '';
  return `host: ${host.memoryGib} GiB memory${shared}, ${host.cpus} CPUs, ${host.filesGib} GiB of files, ready in about ${host.startupSeconds} s at ${host.readGibPerSecond} GiB/s`;
}

function nearestLines({ nearest, nearestBarely, fits }: Sizing): string[] {
  if (fits) return [];
  const line = ({ change, kvCacheTokens }: NearestChoice) =>
    `  → ${change} (${kvCacheTokens} tokens of cache)`;
  return [
    nearest.length === 0 ? 'nothing near surely fits' : 'what fits instead:',
    ...nearest.map(line),
    ...(nearestBarely.length === 0 ? [] : ['what fits barely, at the likely overhead:']),
    ...nearestBarely.map(line),
  ];
}
