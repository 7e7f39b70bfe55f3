import type { EngineFlag, EngineTable } from '../catalog/engine.js';

const INTEGER = /^-?\d+$/;
const FLOAT = /^[+-]?((\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?|inf|infinity|nan)$/i;
/** Powers of 1000 in lower case may have a fraction, powers of 1024 in upper case may not. */
const HUMAN_INTEGER = /^(\d+(\.\d+)?[kmgt]|\d+[KMGT]|\d+)$/;
/** `$(NAME)`: the kubelet puts the value in when the pod starts. */
const REFERENCE = /\$\(\w+\)/;

/** Why the version's parser would refuse this value of this flag; undefined where it takes it. */
export function flagValueProblem(table: EngineTable, flag: EngineFlag, value: string): string | undefined {
  if (REFERENCE.test(value) && !flag.type.startsWith('json')) return undefined;
  if (flag.name === '--lora-modules') return loraModuleProblem(value);
  if (flag.optional && (value === '' || value === 'None')) return undefined;
  const choices = flag.choices?.filter((choice) => choice !== null).map(String);
  if (choices && !choices.includes(value)) return `'${value}' is none of ${choices.join(', ')}`;
  switch (flag.type) {
    case 'int':
      return INTEGER.test(value) ? undefined : `'${value}' is no whole number`;
    case 'float':
      return FLOAT.test(value) ? undefined : `'${value}' is no number`;
    case 'human_int':
      return HUMAN_INTEGER.test(value)
        ? undefined
        : `'${value}' is no whole number, such as 32768, 32k or 32K`;
    case 'human_int_or_auto':
      return value.toLowerCase() === 'auto' || value === '-1' || HUMAN_INTEGER.test(value)
        ? undefined
        : `'${value}' is neither auto nor a whole number, such as 32768, 32k or 32K`;
    default:
      return flag.type === 'json' || flag.type.startsWith('json:')
        ? jsonProblem(table, flag, value)
        : undefined;
  }
}

function jsonProblem(table: EngineTable, flag: EngineFlag, value: string): string | undefined {
  // Numbers inside may carry the same suffixes as human integers.
  const parsed = parseJson(value.replace(/(:\s*)\d+(\.\d+)?[kKmMgGtT]\b/g, '$10'));
  if (parsed === undefined) return 'takes JSON, and this is none';
  const keys = table.json_objects[flag.object ?? ''];
  if (!keys || typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const unknown = Object.keys(parsed).filter((key) => !(key in keys));
  return unknown.length > 0 ? `has no key ${unknown.map((key) => `'${key}'`).join(', ')}` : undefined;
}

/** `name=path`, or JSON with both. */
function loraModuleProblem(value: string): string | undefined {
  if (value.includes('=') && !value.includes(',')) return undefined;
  const parsed = parseJson(value);
  const keys = typeof parsed === 'object' && parsed !== null ? Object.keys(parsed) : [];
  return keys.includes('name') && keys.includes('path')
    ? undefined
    : 'needs name=path, or JSON with name and path';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
