import type { FlagUse, ParsedArguments } from './engine-args.js';

const SHORT: Readonly<Record<string, string>> = {
  '-tp': '--tensor-parallel-size',
  '-pp': '--pipeline-parallel-size',
  '-dp': '--data-parallel-size',
};

/** Flags whose values are a list, and which would otherwise swallow nothing but the first. */
const LISTS = new Set(['--served-model-name', '--api-key', '--lora-modules']);

/** Reads arguments of an engine version that no table describes: what looks like a value is one. Finds no problems. */
export function parseLooseArgs(args: readonly string[]): ParsedArguments {
  const positionals: string[] = [];
  const flags: Record<string, FlagUse> = {};
  for (let i = 0; i < args.length; ) {
    const arg = args[i++] ?? '';
    if (!arg.startsWith('-')) {
      positionals.push(arg);
      continue;
    }
    const at = arg.indexOf('=');
    const written = (at < 0 ? arg : arg.slice(0, at)).replaceAll('_', '-');
    const name = SHORT[written] ?? written;
    const values = at < 0 ? [] : [arg.slice(at + 1)];
    while (at < 0 && isValue(args[i]) && (values.length === 0 || LISTS.has(name)))
      values.push(args[i++] ?? '');
    if (name === '--model') positionals.push(...values);
    else if (name.startsWith('--no-')) flags[`--${name.slice('--no-'.length)}`] = { values: [], off: true };
    else flags[name] = { values, off: false };
  }
  return { positionals, flags, problems: [] };
}

function isValue(arg: string | undefined): boolean {
  return arg !== undefined && (!arg.startsWith('-') || /^-\d/.test(arg));
}
