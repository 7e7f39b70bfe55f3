import type { EngineFlag, EngineTable } from '../catalog/engine.js';
import { flagValueProblem } from './flag-value.js';

/** One flag as it was used: its canonical name is the key where it is kept. */
export interface FlagUse {
  /** Values in order; empty for a switch. */
  readonly values: readonly string[];
  /** True where the spelling switches a boolean off (`--no-enable-…`). */
  readonly off: boolean;
}

/** One argument that the engine would refuse. Values are named only where the flag holds no secret. */
export interface ArgumentProblem {
  readonly flag: string;
  readonly message: string;
}

export interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, FlagUse>>;
  readonly problems: readonly ArgumentProblem[];
}

interface Spellings {
  readonly on: ReadonlyMap<string, EngineFlag>;
  readonly off: ReadonlyMap<string, EngineFlag>;
}

const SWITCHES = new Set(['bool', 'switch', 'help']);

/** What the version's parser would refuse in these arguments of `vllm serve`: the model first, then flags. */
export function checkEngineArgs(table: EngineTable, args: readonly string[]): readonly ArgumentProblem[] {
  return parseEngineArgs(table, args).problems;
}

/** Reads the arguments of `vllm serve` with the flags of one engine version, as its own parser does. */
export function parseEngineArgs(table: EngineTable, args: readonly string[]): ParsedArguments {
  const spellings = spellingsOf(table);
  const positionals: string[] = [];
  const flags: Record<string, FlagUse> = {};
  const problems: ArgumentProblem[] = [];
  const refuse = (flag: string, message: string) => problems.push({ flag, message });

  for (let i = 0; i < args.length; ) {
    const arg = args[i++] ?? '';
    if (!arg.startsWith('-') || arg === '-') {
      positionals.push(arg);
      continue;
    }
    if (/^-O=?[0-3]$/.test(arg)) continue;
    const { name, value } = splitFlag(arg);
    const base = (name.split('.')[0] ?? '').replace(/\++$/, '');
    if (name !== base) {
      const flag = spellings.on.get(base);
      if (!flag?.type.startsWith('json')) refuse(name, 'is unknown, or no flag that takes JSON');
      else refuseUnknownKey(table, flag, name, refuse);
      if (value === undefined) i++;
      continue;
    }
    const negated = spellings.off.get(name);
    if (negated) {
      if (value !== undefined) refuse(name, 'takes no value');
      flags[negated.name] = { values: [], off: true };
      continue;
    }
    if (name === '--model') {
      const model = value ?? args[i++];
      if (model === undefined) refuse(name, 'needs a value');
      else positionals.push(model);
      continue;
    }
    const flag = spellings.on.get(name);
    if (!flag) {
      refuse(name, 'is no flag of this version');
      // What follows was meant as its value, not as another model.
      while (value === undefined && i < args.length && !args[i]?.startsWith('-')) i++;
      continue;
    }
    if (SWITCHES.has(flag.type)) {
      if (value !== undefined) refuse(name, 'takes no value');
      flags[flag.name] = { values: [], off: false };
      continue;
    }
    const values = value === undefined ? followingValues(flag, args.slice(i)) : [value];
    if (value === undefined) i += values.length;
    flags[flag.name] = { values, off: false };
    if (values.length === 0 && flag.nargs !== '*' && flag.nargs !== '?') refuse(name, 'needs a value');
    for (const each of values) {
      const problem = flagValueProblem(table, flag, each);
      if (problem) refuse(name, problem);
    }
  }
  if (positionals.length > 1)
    refuse('model', `only one argument may stand without a flag, found ${positionals.length}`);
  // The command moves --model to the front by itself, and a config file may name the model.
  const modelElsewhere = args.some((arg) => /^--(model|config)(=|$)/.test(arg));
  if (args[0]?.startsWith('-') && flags['--served-model-name'] && !modelElsewhere) {
    refuse('--served-model-name', 'stands before the model, which must come first');
  }
  return { positionals, flags, problems: [...problems, ...combinationProblems(table, flags)] };
}

/** Rules that the server checks after parsing; each ends its start. */
function combinationProblems(
  table: EngineTable,
  flags: ParsedArguments['flags'],
): readonly ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const on = (name: string) => flags[name] !== undefined && !flags[name].off;
  if (on('--enable-auto-tool-choice') && !flags['--tool-call-parser']) {
    problems.push({ flag: '--enable-auto-tool-choice', message: 'needs --tool-call-parser' });
  }
  if (on('--enable-log-outputs') && !on('--enable-log-requests')) {
    problems.push({ flag: '--enable-log-outputs', message: 'needs --enable-log-requests' });
  }
  if (Number(flags['--sse-keep-alive-interval']?.values[0] ?? 0) < 0) {
    problems.push({ flag: '--sse-keep-alive-interval', message: 'takes 0 or more seconds' });
  }
  const hasPlugin =
    flags['--tool-parser-plugin'] !== undefined || flags['--reasoning-parser-plugin'] !== undefined;
  const registries = [
    ['--tool-call-parser', table.tool_call_parsers],
    ['--reasoning-parser', table.reasoning_parsers],
  ] as const;
  for (const [flag, registry] of registries) {
    const parser = flags[flag]?.values[0];
    if (parser !== undefined && !hasPlugin && !registry.includes(parser)) {
      problems.push({ flag, message: `no parser is named '${parser}' in this version` });
    }
  }
  return problems;
}

/** `--flag_name=value` → `--flag-name` and `value`; underscores before a dot or `=` count as dashes. */
function splitFlag(arg: string): { name: string; value?: string } {
  if (!arg.startsWith('--')) return { name: arg };
  const dashed = arg.replace(/^--[^.=]*/, (name) => name.replaceAll('_', '-'));
  const at = dashed.indexOf('=');
  return at < 0 ? { name: dashed } : { name: dashed.slice(0, at), value: dashed.slice(at + 1) };
}

function followingValues(flag: EngineFlag, rest: readonly string[]): readonly string[] {
  const { nargs } = flag;
  const most = nargs === '+' || nargs === '*' ? rest.length : typeof nargs === 'number' ? nargs : 1;
  const end = rest.findIndex((arg) => arg.startsWith('-') && !/^-\d+(\.\d+)?$/.test(arg));
  return rest.slice(0, Math.min(most, end < 0 ? rest.length : end));
}

function refuseUnknownKey(
  table: EngineTable,
  flag: EngineFlag,
  name: string,
  refuse: (flag: string, message: string) => void,
): void {
  const keys = table.json_objects[flag.object ?? ''];
  const key = (name.split('.')[1] ?? '').replace(/\++$/, '');
  if (keys && !(key in keys)) refuse(name, `is no key of ${flag.name}`);
}

const known = new WeakMap<EngineTable, Spellings>();

function spellingsOf(table: EngineTable): Spellings {
  const cached = known.get(table);
  if (cached) return cached;
  const on = new Map<string, EngineFlag>();
  const off = new Map<string, EngineFlag>();
  for (const flag of table.serve.flags) {
    for (const name of [flag.name, ...(flag.aliases ?? []), ...(flag.short ?? [])]) on.set(name, flag);
    for (const name of flag.negative ?? []) off.set(name, flag);
  }
  const spellings = { on, off };
  known.set(table, spellings);
  return spellings;
}
