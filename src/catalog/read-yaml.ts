import { isAbsolute, relative, sep } from 'node:path';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type ScalarTag,
} from 'yaml';
import type * as z from 'zod';
import { type Place, type Problem, UserError } from '../error.js';
import { issueMessage } from './issue-message.js';
import { DEEPEST, tooDeepAt } from './nesting.js';
import { notPlain } from './plain-data.js';
import { readText } from './read-text.js';
import { byPlace, problemsOf } from './schema-problems.js';
import { buildProblem, syntaxProblems } from './syntax-problems.js';

/** A YAML (or JSON) file as data, with the way back from each key to its line. */
export interface YamlFile {
  /** As the user would type it: relative to the root where it lies inside. */
  readonly file: string;
  readonly data: unknown;
  /** Mistakes of syntax, duplicate keys included. Where they leave it readable there is data all the same. */
  readonly problems: readonly Problem[];
  /**
   * Where a value stands: a scalar's own place, a map's or list's key. The nearest existing parent where there is none.
   * @param part `key` for the place of the key itself.
   */
  placeOf(path: readonly PropertyKey[], part?: 'key' | 'value'): Place;
  /** A scalar as it is written, quotes left out: `1.30` where the data says 1.3. */
  textOf(path: readonly PropertyKey[]): string | undefined;
}

/** YAML 1.2 has no `3_000_000`; people write it all the same. */
const groupedNumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  format: 'GROUPED',
  test: /^[-+]?[0-9]{1,3}(_[0-9]{3})+$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/** Reads a file. Only what keeps it from being read at all throws; the rest is in `problems`. */
export function readYaml(file: string, root: string): YamlFile {
  const shownFile = displayPath(file, root);
  return parseYaml(readText(file, shownFile), shownFile);
}

/** The same for a text that is in memory. */
export function parseYaml(text: string, file: string): YamlFile {
  refuseDeep(text, file);
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    stringKeys: true,
    merge: true,
    customTags: (tags) => [groupedNumber, ...tags],
  });
  const at = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { file, line, column: col };
  };
  const syntax = syntaxProblems([...document.errors, ...document.warnings], text, at);
  const problems = [...syntax.problems];
  let data: unknown;
  try {
    data = syntax.harmless ? document.toJS() : undefined;
  } catch (error) {
    problems.push({ place: { file, line: 1, column: 1 }, ...buildProblem(error) });
  }
  const strange = notPlain(data);
  const placeOf: YamlFile['placeOf'] = (path, part = 'value') => {
    const { key, value, complete } = find(document, path);
    const wantsKey = part === 'key' || !complete || isCollection(value);
    const offset = (wantsKey ? (key ?? value) : (value ?? key))?.range?.[0];
    return offset === undefined || path.length === 0 ? { file, line: 1, column: 1 } : at(offset);
  };
  return {
    file,
    data: strange.length > 0 ? undefined : data,
    problems: [...problems, ...strange.map(({ path, message }) => ({ place: placeOf(path), message }))],
    placeOf,
    textOf: (path) => {
      const { value, complete } = find(document, path);
      return complete && isScalar(value) ? value.source : undefined;
    },
  };
}

/**
 * The file's data as the schema's type.
 * @throws UserError with every problem of the file, each at its place, with what is allowed and the likely fix.
 */
export function parseWith<S extends z.ZodType>(schema: S, yaml: YamlFile): z.output<S> {
  const parsed =
    yaml.data === undefined && yaml.problems.length > 0
      ? undefined
      : schema.safeParse(yaml.data, { error: issueMessage });
  if (parsed?.success && yaml.problems.length === 0) return parsed.data;
  const problems = parsed?.error ? problemsOf(parsed.error.issues, schema, yaml) : [];
  throw new UserError(`${yaml.file} is not valid`, [...yaml.problems, ...problems].sort(byPlace));
}

/** Relative to the root where the file lies inside, with forward slashes. */
export function displayPath(file: string, root: string): string {
  const path = relative(root, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path.split(sep).join('/');
}

function refuseDeep(text: string, file: string): void {
  const offset = tooDeepAt(text);
  if (offset === undefined) return;
  const before = text.slice(0, offset).split('\n');
  const place = { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  throw new UserError(`${file} is not valid`, [{ place, message: `nested deeper than ${DEEPEST} levels` }]);
}

function find(
  document: Document,
  path: readonly PropertyKey[],
): { key?: Node; value?: Node; complete: boolean } {
  let value = (document.contents ?? undefined) as Node | undefined;
  let key: Node | undefined;
  for (const part of path) {
    const target = isAlias(value) ? value.resolve(document) : value;
    const item: unknown = isCollection(target) ? itemAt(target.items, isMap(target), part) : undefined;
    if (item === undefined) return { key, value, complete: false };
    if (isPair(item)) {
      const pair = item as Pair<Node, Node | null>;
      key = pair.key;
      value = pair.value ?? undefined;
    } else {
      key = item as Node;
      value = item as Node;
    }
  }
  return { key, value, complete: true };
}

function itemAt(items: readonly unknown[], map: boolean, part: PropertyKey): unknown {
  if (!map) return items[Number(part)];
  return items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part));
}
