import { parseDocument } from 'yaml';

/** A line of YAML, alone or with what it means behind it. */
export type Line = string | readonly [line: string, meaning: string];

/** The text of a file. */
export function yamlText(lines: readonly Line[]): string {
  const text = lines.map((line) => (typeof line === 'string' ? line : `${line[0]} # ${line[1]}`)).join('\n');
  const { errors } = parseDocument(text);
  if (errors.length > 0) throw new Error(`a selection that is no YAML: ${errors[0]?.message}`);
  return `${text}\n`;
}

/** One key, where it has a value. */
export function set(key: string, value: string | number | undefined): Line[] {
  return value === undefined ? [] : [`${key}: ${value}`];
}
