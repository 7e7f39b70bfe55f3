import type { EngineTable } from '../catalog/engine.js';
import type { ServedSelection } from '../selection/resolved.js';
import type { SizedSettings } from '../sizing/types.js';

/** LoRA ranks that the engine reserves for; the smallest that covers the largest adapter is taken. */
const LORA_RANKS = [8, 16, 32, 64, 128, 256, 320, 512];

/** What the engine needs to know beside the sized settings. */
export interface EngineArgsInput {
  readonly resolved: ServedSelection;
  readonly settings: SizedSettings;
  /** Folder of the weights inside the container. */
  readonly modelPath: string;
  readonly servedModelNames: readonly string[];
  readonly port: number;
  readonly admitted: number;
  readonly shutdownTimeoutSeconds: number;
}

/**
 * Arguments after `vllm serve`, the model's path first. A flag that this version's parser lacks is left out where the
 * engine runs without it; the manifest checks compare the result with the version's own table.
 */
export function engineArgs(input: EngineArgsInput): string[] {
  const { resolved, settings } = input;
  const { engine, engineSettings: user } = resolved.serving;
  const has = (flag: string) => hasFlag(engine, flag);
  const optional = (flag: string, ...values: string[]) => (has(flag) ? [flag, ...values] : []);

  return [
    input.modelPath,
    ...['--served-model-name', ...input.servedModelNames],
    ...['--port', `${input.port}`],
    ...['--tensor-parallel-size', `${settings.tensorParallelSize}`],
    ...(settings.pipelineParallelSize > 1
      ? ['--pipeline-parallel-size', `${settings.pipelineParallelSize}`]
      : []),
    ...(settings.enableExpertParallel ? ['--enable-expert-parallel'] : []),
    // Always explicit: the limit that a version derives from the model's config has changed between versions.
    ...['--max-model-len', `${settings.maxModelLen}`],
    ...['--gpu-memory-utilization', `${settings.gpuMemoryUtilization}`],
    ...['--max-num-seqs', `${settings.maxNumSeqs}`],
    ...['--max-num-batched-tokens', `${settings.maxNumBatchedTokens}`],
    ...(settings.kvCacheDtype === 'auto' ? [] : ['--kv-cache-dtype', settings.kvCacheDtype]),
    ...(settings.enforceEager ? ['--enforce-eager'] : []),
    ...(user.enablePrefixCaching === false ? ['--no-enable-prefix-caching'] : []),
    // Unbounded queues answer late instead of refusing early.
    ...optional('--max-num-queued-reqs', `${input.admitted}`),
    ...optional('--shutdown-timeout', `${input.shutdownTimeoutSeconds}`),
    ...optional('--disable-access-log-for-endpoints', '/health,/metrics,/ping'),
    ...(user.toolCalling && user.toolCallParser
      ? ['--enable-auto-tool-choice', '--tool-call-parser', user.toolCallParser]
      : []),
    ...(user.reasoningParser ? ['--reasoning-parser', user.reasoningParser] : []),
    ...(user.trustRemoteCode ? ['--trust-remote-code'] : []),
    ...loraArgs(user.loraAdapters ?? []),
    ...(withoutPeerAccess(resolved) && settings.tensorParallelSize > 1
      ? ['--disable-custom-all-reduce']
      : []),
    ...(user.extraArgs ?? []),
  ];
}

/** Environment that the settings need, beside what every server gets. */
export function engineEnv(resolved: ServedSelection, settings: SizedSettings, startupBudgetSeconds: number) {
  return [
    // The engine gives up on its own workers after 600 s unless told otherwise: it must not, before the probe does.
    { name: 'VLLM_ENGINE_READY_TIMEOUT_S', value: `${startupBudgetSeconds}` },
    ...(withoutPeerAccess(resolved) && settings.tensorParallelSize > 1
      ? [{ name: 'NCCL_P2P_DISABLE', value: '1' }]
      : []),
  ];
}

/** Smallest rank that the engine accepts and that covers every adapter; undefined where none does. */
export function maxLoraRank(ranks: readonly number[]): number | undefined {
  const largest = Math.max(...ranks);
  return LORA_RANKS.find((rank) => rank >= largest);
}

export function hasFlag(engine: EngineTable, flag: string): boolean {
  return engine.serve.flags.some(
    ({ name, aliases, negative }) => name === flag || aliases?.includes(flag) || negative?.includes(flag),
  );
}

function loraArgs(adapters: readonly { name: string; path: string; rank: number }[]): string[] {
  if (adapters.length === 0) return [];
  const rank = maxLoraRank(adapters.map((adapter) => adapter.rank));
  return [
    '--enable-lora',
    ...['--max-loras', `${adapters.length}`],
    ...(rank === undefined ? [] : ['--max-lora-rank', `${rank}`]),
    ...['--lora-modules', ...adapters.map(({ name, path }) => `${name}=${path}`)],
  ];
}

/** GeForce drivers switch peer-to-peer copies off: the collectives must not try them. */
function withoutPeerAccess({ serving: { accelerator } }: ServedSelection): boolean {
  return (
    accelerator.vendor === 'nvidia' &&
    !accelerator.interconnect.fast &&
    accelerator.datacentreRestriction !== null
  );
}
