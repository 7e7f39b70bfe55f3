import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { UserError } from '../error.js';
import { displayPath, parseWith, readYaml } from './read-yaml.js';

/** The profiles of one kind: those of the project in front of those of the package. */
export interface Shelf<T> {
  /** Reads the entry on first use. Undefined where neither folder has it. */
  get(id: string): T | undefined;
  /** Every id, by code unit. */
  readonly ids: readonly string[];
  /**
   * By what the pattern's first group finds in the files, lower case: the ids whose files hold it. Read once; narrows a
   * search before anything is parsed.
   */
  indexBy(pattern: RegExp): ReadonlyMap<string, readonly string[]>;
  /** What a user should know about the project's own folder, one line each. */
  readonly notices: readonly string[];
}

export interface ShelfProps {
  /** Folder below profiles/. */
  readonly kind: string;
  readonly packageRoot: string;
  /** @default - only the package's profiles are read */
  readonly projectRoot?: string;
  readonly extension: '.yaml' | '.json';
  /** File names that belong to this kind. @default - all with the extension */
  readonly pattern?: RegExp;
}

/** Opens a folder of profiles; `idOf` reads the entry's id, which must be its file's name. */
export function openShelf<S extends z.ZodType>(
  props: ShelfProps,
  schema: S,
  idOf: { of: (entry: z.output<S>) => string; key: string },
): Shelf<z.output<S>> {
  const { kind, extension, packageRoot, projectRoot } = props;
  const own =
    projectRoot === undefined || projectRoot === packageRoot
      ? undefined
      : join(projectRoot, 'profiles', kind);
  const packaged = list(join(packageRoot, 'profiles', kind), props);
  const added = own === undefined ? { ids: [], strangers: [] } : list(own, props);
  const fileOf = (id: string) => {
    if (own !== undefined && added.ids.includes(id))
      return { file: join(own, `${id}${extension}`), root: projectRoot as string };
    if (packaged.ids.includes(id))
      return { file: join(packageRoot, 'profiles', kind, `${id}${extension}`), root: packageRoot };
    return undefined;
  };
  const ids = [...new Set([...packaged.ids, ...added.ids])].sort();
  const read = new Map<string, z.output<S>>();
  const indexes = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const index = (pattern: RegExp) => {
    const words = new Map<string, string[]>();
    for (const id of ids) {
      const place = fileOf(id);
      if (place === undefined) continue;
      for (const [, word = ''] of readFileSync(place.file, 'utf8').matchAll(new RegExp(pattern, 'g'))) {
        const key = word.toLowerCase();
        words.set(key, [...(words.get(key) ?? []), id]);
      }
    }
    return words;
  };
  return {
    ids,
    notices: [
      ...added.ids
        .filter((id) => packaged.ids.includes(id))
        .map(
          (id) =>
            `profiles/${kind}/${id}${extension} replaces the entry of the same id that comes with Berth`,
        ),
      ...added.strangers.map((name) => `profiles/${kind}/${name} is not read: only ${extension} files are`),
    ],
    get(id) {
      const place = fileOf(id);
      if (place === undefined) return undefined;
      if (!read.has(id)) read.set(id, readOnce(place, id, schema, idOf));
      return read.get(id);
    },
    indexBy(pattern) {
      const found = indexes.get(pattern.source) ?? index(pattern);
      indexes.set(pattern.source, found);
      return found;
    },
  };
}

/** Valid entries by file and its state: a process that opens the catalogue again does not parse it again. */
const known = new Map<string, unknown>();

function readOnce<S extends z.ZodType>(
  place: { file: string; root: string },
  id: string,
  schema: S,
  idOf: { of: (entry: z.output<S>) => string; key: string },
): z.output<S> {
  const { mtimeMs, size } = statSync(place.file);
  const state = `${place.file} ${mtimeMs} ${size}`;
  if (!known.has(state)) known.set(state, readEntry(place, id, schema, idOf));
  return known.get(state) as z.output<S>;
}

function readEntry<S extends z.ZodType>(
  { file, root }: { file: string; root: string },
  id: string,
  schema: S,
  idOf: { of: (entry: z.output<S>) => string; key: string },
): z.output<S> {
  const fast = file.endsWith('.json') ? schema.safeParse(parsedJson(file)) : undefined;
  if (fast?.success && idOf.of(fast.data) === id) return fast.data;
  const yaml = readYaml(file, root);
  const entry = parseWith(schema, yaml);
  if (idOf.of(entry) === id) return entry;
  const message = `${idOf.key} '${idOf.of(entry)}' is not the file's name '${id}'`;
  throw new UserError(`${displayPath(file, root)} is not valid`, [
    { place: yaml.placeOf([idOf.key]), message, fix: 'give the file and its entry the same name' },
  ]);
}

/** Large tables: the JSON parser is much faster than the YAML one, which is only needed to name a place. */
function parsedJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function list(folder: string, { extension, pattern }: ShelfProps): { ids: string[]; strangers: string[] } {
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return { ids: [], strangers: [] };
  }
  const mine = names.filter((name) => name.endsWith(extension) && (pattern?.test(name) ?? true));
  return {
    ids: mine.map((name) => name.slice(0, -extension.length)),
    strangers: pattern ? [] : names.filter((name) => /\.(ya?ml|json)$/.test(name) && !mine.includes(name)),
  };
}
