import type { EngineTable } from '../../catalog/engine.js';
import { maxLoraRank } from '../../plan/engine-args.js';
import { key, onServers, onServing, type PlanCheck, type PlanFinding } from './planned.js';

const TABLE = 'registries of the published engine, profiles/engines/';

export const engineArchitecture: PlanCheck = {
  id: 'engine/architecture',
  title: 'the engine version knows the architecture',
  why: 'engines drop old architectures: the server exits at start although the weights and the flags are right',
  source: TABLE,
  inputs: ['model.architecture.class', 'engine.version'],
  run: onServers(({ engine }, planned, serving): PlanFinding[] => {
    const { model, engine: table } = serving;
    if (knowsArchitecture(table, model.architecture.class)) return [];
    const removed = table.architectures.removed[model.architecture.class];
    return [
      {
        severity: 'error',
        message: `vLLM ${engine.version} does not serve ${model.architecture.class} (${model.id})${removed === undefined ? '' : `: dropped, last in ${String(removed)}`}`,
        remedy: [
          ...(removed === undefined ? [] : [`set engine.version to a version up to ${String(removed)}`]),
          ...serving.successors.map(({ id }) => `model: ${id} is its successor`),
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
  inputs: ['engine.toolCalling', 'engine.toolCallParser'],
  run: onServing((serving, planned): PlanFinding[] => {
    const { engineSettings, model, engine } = serving;
    const parser = engineSettings.toolCallParser;
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
  }),
};

export const engineLoraRank: PlanCheck = {
  id: 'engine/lora-rank',
  title: 'the engine has a limit that covers every adapter',
  why: 'the engine reserves memory for fixed ranks only; an adapter above the largest never loads',
  source: 'choices of --max-lora-rank',
  inputs: ['engine.loraAdapters'],
  run: onServing(({ engineSettings }, planned): PlanFinding[] => {
    const ranks = (engineSettings.loraAdapters ?? []).map(({ rank }) => rank);
    if (ranks.length === 0 || maxLoraRank(ranks) !== undefined) return [];
    return [
      {
        severity: 'error',
        message: `an adapter of rank ${Math.max(...ranks)} is above the engine's largest, 512`,
        remedy: ['train the adapter with a smaller rank, or merge it into the weights'],
        subject: key(planned, 'engine.loraAdapters'),
      },
    ];
  }),
};

export const engineKvDtype: PlanCheck = {
  id: 'engine/kv-cache-dtype',
  title: 'the engine version has this type of KV cache',
  why: 'an unknown value ends the start-up',
  source: TABLE,
  inputs: ['engine.kvCacheDtype'],
  run: onServing(({ engineSettings, engine }, planned): PlanFinding[] => {
    const dtype = engineSettings.kvCacheDtype;
    if (dtype === undefined || engine.kv_cache_dtypes.includes(dtype)) return [];
    return [
      {
        severity: 'error',
        message: `vLLM ${engine.version} has no KV cache type '${dtype}'`,
        remedy: [`one of: ${engine.kv_cache_dtypes.join(', ')}`],
        subject: key(planned, 'engine.kvCacheDtype'),
      },
    ];
  }),
};
