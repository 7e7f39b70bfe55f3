import type { EngineTable } from '../catalog/engine.js';
import { type CommandLine, engineCommandLine } from './command-line.js';
import type { Container } from './container.js';
import { type FlagUse, type ParsedArguments, parseEngineArgs } from './engine-args.js';
import { versionOfTag } from './image.js';
import { parseLooseArgs } from './loose-args.js';

/** The vLLM server that a container starts. */
export interface Engine {
  readonly name: 'vllm';
  /** From the image's tag; undefined where the tag names none, or the image follows other versions than vLLM's own. */
  readonly version?: string;
  /** Flags, variables and metrics of that version; undefined where no table is known. */
  readonly table?: EngineTable;
  readonly entry: CommandLine['entry'];
  /** As they reach `vllm serve`, with literal variables put in. */
  readonly args: readonly string[];
  readonly parsed: ParsedArguments;
  readonly model?: string;
  readonly servedModelNames: readonly string[];
  readonly port: number;
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly dataParallelSize: number;
  /** Pods of one replica, as `--nnodes` says; undefined where the value comes from elsewhere. */
  readonly nodes?: number;
  /** Takes no requests: part of a replica that another pod leads. */
  readonly headless: boolean;
  /** Whether the image is vLLM's build for processors. */
  readonly cpuBuild: boolean;
}

/** Images that carry vLLM; only those of the project itself follow its versions. */
const ENGINE_IMAGE = /(^|\/)(vllm[^/]*|llm-d-[^/]*|[^/]*-vllm)$/i;
const PROJECT_IMAGE = /(^|\/)vllm\/vllm-(openai[^/]*|tpu)$|(^|\/)vllm-openai[^/]*$/;

export function readEngine(
  container: Container,
  engines: (version: string) => EngineTable | undefined,
): Engine | undefined {
  const { repository, tag } = container.image;
  const line = engineCommandLine(container, ENGINE_IMAGE.test(repository));
  if (!line) return undefined;
  const version = PROJECT_IMAGE.test(repository) ? versionOfTag(tag) : undefined;
  const table = version === undefined ? undefined : engines(version);
  const args = withoutRepeatedProgram(line);
  const parsed = table ? parseEngineArgs(table, args) : parseLooseArgs(args);
  const model = parsed.positionals[0];
  const served = parsed.flags['--served-model-name']?.values ?? [];
  return {
    name: 'vllm',
    version,
    table,
    entry: line.entry,
    args: line.args,
    parsed,
    model,
    servedModelNames: served.length > 0 ? served : model === undefined ? [] : [model],
    port: flagNumber(parsed, '--port') ?? 8000,
    tensorParallelSize: flagNumber(parsed, '--tensor-parallel-size') ?? 1,
    pipelineParallelSize: flagNumber(parsed, '--pipeline-parallel-size') ?? 1,
    dataParallelSize: flagNumber(parsed, '--data-parallel-size') ?? 1,
    nodes: parsed.flags['--nnodes'] ? flagNumber(parsed, '--nnodes') : 1,
    headless: flagIsOn(parsed, '--headless'),
    cpuBuild: /cpu/i.test(`${repository.split('/').at(-1)}:${tag ?? ''}`),
  };
}

/** Whether a switch is set and not negated. */
export function flagIsOn(parsed: ParsedArguments, name: string): boolean {
  const use: FlagUse | undefined = parsed.flags[name];
  return use !== undefined && !use.off;
}

/** The first value of a flag as a number; `32k` is 32,000, `32K` is 32,768. */
export function flagNumber(parsed: ParsedArguments, name: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)([kmgtKMGT]?)$/.exec(parsed.flags[name]?.values[0] ?? '');
  if (!match) return undefined;
  const power = 'kmgt'.indexOf((match[2] ?? '').toLowerCase() || ' ') + 1;
  const base = /[KMGT]/.test(match[2] ?? '') ? 1024 : 1000;
  return Number(match[1]) * base ** power;
}

/** Flags of a server whose arguments repeat the image's entry point; a check says so. */
function withoutRepeatedProgram({ entry, args }: CommandLine): readonly string[] {
  if (entry !== 'image') return args;
  if (args[0] === 'vllm' && args[1] === 'serve') return args.slice(2);
  return args[0] === 'serve' ? args.slice(1) : args;
}
