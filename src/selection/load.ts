import type { YamlFile } from '../catalog/read-yaml.js';
import { type Problem, UserError } from '../error.js';
import { readStrict } from './read-strict.js';
import { Selection } from './schema.js';

/** A selection that is valid by itself; its ids are not looked up yet. */
export interface LoadedSelection {
  readonly selection: Selection;
  /** Relative to the project's root where it lies inside. */
  readonly file: string;
  readonly yaml: YamlFile;
}

/**
 * Reads one selection.
 * @throws UserError with every mistake of the file.
 */
export function loadSelection(file: string, root: string): LoadedSelection {
  const { data, yaml } = readStrict(Selection, file, root);
  return { selection: data, file: yaml.file, yaml };
}

/**
 * Reads several selections.
 * @throws UserError with every mistake of every file.
 */
export function loadSelections(files: readonly string[], root: string): LoadedSelection[] {
  const errors: UserError[] = [];
  const loaded = files.flatMap((file) => {
    try {
      return [loadSelection(file, root)];
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
