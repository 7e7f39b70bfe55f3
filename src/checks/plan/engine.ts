import type { EngineTable } from '../../catalog/engine.js';
import { maxLoraRank } from '../../plan/engine-args.js';
import { key, onServers, type PlanCheck, type PlanFinding } from './planned.js';

const TABLE = 'registries of the published engine, profiles/engines/';

export const engineArchitecture: PlanCheck = {
  id: 'engine/architecture',
  title: 'the engine version knows the architecture',
  why: 'engines drop old architectures: the server exits at start although the weights and the flags are right',
  source: TABLE,
  inputs: ['model.architecture.class', 'engine.version'],
  run: onServers(({ engine }, planned): PlanFinding[] => {
    const { model, engine: table } = planned.resolved;
    if (knowsArchitecture(table, model.architecture.class)) return [];
    const removed = table.architectures.removed[model.architecture.class];
    return [
      {
        severity: 'error',
        message: `vLLM ${engine.version} does not serve ${model.architecture.class} (${model.id})${removed === undefined ? '' : `: dropped, last in ${String(removed)}`}`,
        remedy: [
          ...(removed === undefined ? [] : [`set engine.version to a version up to ${String(removed)}`]),
          ...planned.resolved.successors.map(({ id }) => `model: ${id} is its successor`),
        ],
        subject: key(planned, 'engine.version'),
      },
    ];
  }),
};

export function knowsArchitecture(table: EngineTable, architecture: string): boolean {
  return Object.values(table.architectures).some(
    (names) => Array.isArray(names) && names.includes(architecture),
  );
}

export const engineTable: PlanCheck = {
  id: 'engine/nearest-table',
  title: 'flags and metrics come from this very patch',
  why: 'patches of one minor rarely differ, but the table that checks the manifests is then another patch’s',
  source: TABLE,
  inputs: ['engine.version'],
  run: onServers(({ engine }, planned): PlanFinding[] =>
    engine.version === engine.table
      ? []
      : [
          {
            severity: 'info',
            message: `vLLM ${engine.version} is checked with the table of ${engine.table}, the nearest patch that was read`,
            remedy: [`set engine.version to ${engine.table}`],
            subject: key(planned, 'engine.version'),
          },
        ],
  ),
};

export const engineToolCalls: PlanCheck = {
  id: 'engine/tool-call-parser',
  title: 'tool calls have a parser',
  why: 'tool calls without the parser of the model’s family end the start-up, or come back as plain text',
  source: TABLE,
  inputs: ['engine.toolCalling', 'engine.toolCallParser', 'model.serving.toolCallParser'],
  run: (planned): PlanFinding[] => {
    const { engineSettings, model, engine } = planned.resolved;
    const parser = engineSettings.toolCallParser ?? model.serving.toolCallParser;
    if (!engineSettings.toolCalling || (parser && engine.tool_call_parsers.includes(parser))) return [];
    return [
      {
        severity: 'error',
        message:
          parser === undefined
            ? `engine.toolCalling is on, but no tool-call parser is known for ${model.id}`
            : `vLLM ${engine.version} has no tool-call parser '${parser}'`,
        remedy: [`set engine.toolCallParser to one of: ${engine.tool_call_parsers.join(', ')}`],
        subject: key(planned, 'engine.toolCallParser'),
      },
    ];
  },
};

export const engineLoraRank: PlanCheck = {
  id: 'engine/lora-rank',
  title: 'the engine has a limit that covers every adapter',
  why: 'the engine reserves memory for fixed ranks only; an adapter above the largest never loads',
  source: 'choices of --max-lora-rank',
  inputs: ['engine.loraAdapters'],
  run: (planned): PlanFinding[] => {
    const ranks = (planned.resolved.engineSettings.loraAdapters ?? []).map(({ rank }) => rank);
    if (ranks.length === 0 || maxLoraRank(ranks) !== undefined) return [];
    return [
      {
        severity: 'error',
        message: `an adapter of rank ${Math.max(...ranks)} is above the engine's largest, 512`,
        remedy: ['train the adapter with a smaller rank, or merge it into the weights'],
        subject: key(planned, 'engine.loraAdapters'),
      },
    ];
  },
};

/** Formats of an 8-bit KV cache that need e4m3 arithmetic: compute capability 8.9 and newer. */
const E4M3 = ['fp8', 'fp8_e4m3'];

export const engineKvDtype: PlanCheck = {
  id: 'engine/kv-cache-dtype',
  title: 'the accelerator can run this KV cache type',
  why: 'kernels for e4m3 need compute capability 8.9: on older cards the engine stops when it compiles them',
  source: 'vllm-project/vllm#26431, #50882 (open 2026-08-13)',
  inputs: ['engine.kvCacheDtype', 'accelerator.computeCapability'],
  run: (planned): PlanFinding[] => {
    const { accelerator, engineSettings, engine } = planned.resolved;
    const dtype = engineSettings.kvCacheDtype;
    const subject = key(planned, 'engine.kvCacheDtype');
    if (dtype === undefined) return [];
    if (!engine.kv_cache_dtypes.includes(dtype)) {
      return [
        {
          severity: 'error',
          message: `vLLM ${engine.version} has no KV cache type '${dtype}'`,
          remedy: [`one of: ${engine.kv_cache_dtypes.join(', ')}`],
          subject,
        },
      ];
    }
    const capability = Number.parseFloat(accelerator.computeCapability ?? '');
    if (!E4M3.includes(dtype) || accelerator.vendor !== 'nvidia' || !(capability < 8.9)) return [];
    return [
      {
        severity: 'error',
        message: `KV cache type ${dtype} (e4m3) needs compute capability 8.9 or newer, ${accelerator.id} has ${accelerator.computeCapability}`,
        remedy: [
          ...(engine.kv_cache_dtypes.includes('fp8_e5m2') ? ['engine.kvCacheDtype: fp8_e5m2'] : []),
          'leave engine.kvCacheDtype out: 16 bit, half the tokens',
        ],
        subject,
      },
    ];
  },
};
