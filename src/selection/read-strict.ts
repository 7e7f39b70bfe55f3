import type * as z from 'zod';
import { parseWith, readYaml, type YamlFile } from '../catalog/read-yaml.js';

/** A file as its schema's type, and the way back from each key to its line. */
export interface StrictFile<T> {
  readonly data: T;
  readonly yaml: YamlFile;
}

/**
 * Reads a file that users write: strict, and without a secret's value anywhere.
 * @throws UserError with every mistake at its place. A secret is named by its place and kind, never repeated.
 */
export function readStrict<S extends z.ZodType>(
  schema: S,
  file: string,
  root: string,
): StrictFile<z.output<S>> {
  const yaml = readYaml(file, root);
  return { data: parseWith(schema, yaml), yaml };
}
