import { readYaml, type YamlFile } from '../catalog/read-yaml.js';
import { type Problem, UserError } from '../error.js';
import { parseStrict } from './read-strict.js';
import { keysOfOthers, type Selection, selectionSchema } from './schema.js';
import type { Scheme } from './scheme.js';

/** A selection that is valid by itself; its ids are not looked up yet. */
export interface LoadedSelection {
  readonly selection: Selection;
  readonly scheme: Scheme;
  /** Relative to the project's root where it lies inside. */
  readonly file: string;
  readonly yaml: YamlFile;
}

/**
 * Reads one selection.
 * @param schemes Every scheme that there is.
 * @throws UserError with every mistake of the file.
 */
export function loadSelection(file: string, root: string, schemes: readonly Scheme[]): LoadedSelection {
  return parseSelection(readYaml(file, root), schemes);
}

/**
 * The same for what has been read already, or never was a file.
 * @throws UserError as `loadSelection` does.
 */
export function parseSelection(yaml: YamlFile, schemes: readonly Scheme[]): LoadedSelection {
  const { data } = parseStrict((found) => schemaOf(found, schemes), yaml);
  const scheme = schemes.find(({ name }) => name === data.scheme);
  if (scheme === undefined) throw new Error(`the schema let scheme ${data.scheme} pass`);
  return { selection: data, scheme, file: yaml.file, yaml };
}

/** The keys of the scheme that the file names. Where it names none, the keys of all: only the name is the mistake then. */
function schemaOf(data: unknown, schemes: readonly Scheme[]) {
  const word = (data as { scheme?: unknown } | null | undefined)?.scheme;
  const chosen = schemes.find(({ name }) => name === word);
  const made = schemas.get(schemes) ?? new Map<Scheme | undefined, SelectionSchema>();
  const schema = made.get(chosen) ?? schemaFor(chosen, schemes);
  schemas.set(schemes, made.set(chosen, schema));
  return schema;
}

type SelectionSchema = ReturnType<typeof selectionSchema>;

/** A schema takes longer to make than a file to check. */
const schemas = new WeakMap<readonly Scheme[], Map<Scheme | undefined, SelectionSchema>>();

function schemaFor(chosen: Scheme | undefined, schemes: readonly Scheme[]): SelectionSchema {
  const names = schemes.map(({ name }) => name);
  if (chosen === undefined) return selectionSchema(names, schemes);
  return selectionSchema(names, [chosen]).meta({ elsewhere: keysOfOthers(schemes, chosen) });
}

/**
 * Reads several selections.
 * @throws UserError with every mistake of every file.
 */
export function loadSelections(
  files: readonly string[],
  root: string,
  schemes: readonly Scheme[],
): LoadedSelection[] {
  const errors: UserError[] = [];
  const loaded = files.flatMap((file) => {
    try {
      return [loadSelection(file, root, schemes)];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length > 0) throw joinedErrors(errors);
  return loaded;
}

function joinedErrors(errors: readonly UserError[]): UserError {
  const [first, ...more] = errors;
  if (first === undefined || more.length === 0) return first ?? new UserError('nothing to report');
  const problems: Problem[] = errors.flatMap((error) => error.problems);
  return new UserError(`${errors.length} files are not valid`, problems);
}
