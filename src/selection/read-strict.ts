import type * as z from 'zod';
import { parseWith, readYaml, type YamlFile } from '../catalog/read-yaml.js';
import { formatPlace, type Problem, UserError } from '../error.js';
import { type FoundSecret, findSecrets } from './find-secrets.js';
import { redact, shownPath } from './redact.js';

/** A file as its schema's type, and the way back from each key to its line. */
export interface StrictFile<T> {
  readonly data: T;
  readonly yaml: YamlFile;
}

/**
 * Reads a file that users write: strict, and without a secret's value anywhere.
 * @param schemaFor The schema, or what chooses it by what the file says.
 * @throws UserError with every mistake at its place. A secret is named by its place and kind, never repeated.
 */
export function readStrict<S extends z.ZodType>(
  schemaFor: S | ((data: unknown) => S),
  file: string,
  root: string,
): StrictFile<z.output<S>> {
  return parseStrict(schemaFor, readYaml(file, root));
}

/**
 * The same for what has been read already, or never was a file.
 * @throws UserError as `readStrict` does.
 */
export function parseStrict<S extends z.ZodType>(
  schemaFor: S | ((data: unknown) => S),
  yaml: YamlFile,
): StrictFile<z.output<S>> {
  const schema = typeof schemaFor === 'function' ? schemaFor(yaml.data) : schemaFor;
  const secrets = findSecrets(yaml.data);
  if (secrets.length === 0) return { data: parseWith(schema, yaml), yaml };
  const refused = secrets.map((secret) => secretProblem(secret, secrets, yaml));
  throw new UserError(
    `${yaml.file} is not valid`,
    inOrder([...refused, ...others(schema, yaml, secrets, refused)]),
  );
}

function secretProblem(secret: FoundSecret, secrets: readonly FoundSecret[], yaml: YamlFile): Problem {
  const { path, part, kind } = secret;
  return {
    place: yaml.placeOf(path, part),
    message: `${shownPath(path, secrets)}: ${kind} must not stand in a file, and is not repeated here`,
    fix: [
      'refer to it: weights.token, expose.clientKeys and providers.<name>.key take secretRef: { name, key } or { store, remoteKey }',
      'have it replaced by its issuer: what stood in a file is no longer secret',
    ],
  };
}

/** What else is wrong with the file, said of a copy that holds no secret. */
function others(
  schema: z.ZodType,
  yaml: YamlFile,
  secrets: readonly FoundSecret[],
  refused: readonly Problem[],
): Problem[] {
  try {
    parseWith(schema, { ...yaml, data: redact(yaml.data, secrets) });
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const taken = new Set(refused.map(({ place }) => place && formatPlace(place)));
    return error.problems.filter(({ place }) => place === undefined || !taken.has(formatPlace(place)));
  }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const line = ({ place }: Problem) => place?.line ?? 0;
  const column = ({ place }: Problem) => place?.column ?? 0;
  return [...problems].sort((a, b) => line(a) - line(b) || column(a) - column(b));
}
