import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { didYouMean } from '../catalog/nearest.js';
import { displayPath, readYaml } from '../catalog/read-yaml.js';
import { type Problem, UserError } from '../error.js';

/** The folder of the nearest cdk8s.yaml, from a folder upwards; undefined where there is none. */
export function findProjectRoot(cwd: string): string | undefined {
  const folder = resolve(cwd);
  if (existsSync(join(folder, 'cdk8s.yaml'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : findProjectRoot(parent);
}

/**
 * The project's root for commands that cannot work without one.
 * @throws UserError where no cdk8s.yaml stands in the folder or above.
 */
export function requireProjectRoot(cwd: string): string {
  const root = findProjectRoot(cwd);
  if (root !== undefined) return root;
  throw new UserError('no project here', [
    { message: `no cdk8s.yaml in ${resolve(cwd)} or a folder above`, fix: 'go to the folder of a project' },
  ]);
}

/** Files of selections/, sorted by the bytes of their names so that the locale does not matter. */
export function findSelections(root: string): string[] {
  const folder = join(root, 'selections');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((name) => join(folder, name));
}

/**
 * The files that a user means: paths as they are, names by the selection's name or its file's.
 * @param words None: every selection of the project.
 * @throws UserError naming every word that fits no selection.
 */
export function resolveSelectionNames(words: readonly string[], root: string, cwd: string): string[] {
  const files = findSelections(root);
  if (words.length === 0) return files;
  const problems: Problem[] = [];
  const found = words.flatMap((word) => {
    const path = resolve(cwd, word);
    if (/[/\\]|\.ya?ml$/.test(word) && existsSync(path)) return [path];
    const named = files.filter((file) => namesOf(file, root).includes(word));
    if (named.length === 0) problems.push(unknownSelection(word, files, root));
    return named;
  });
  if (problems.length > 0) throw new UserError('no such selection', problems);
  return [...new Set(found)];
}

/** Names by which a file can be asked for. A file that cannot be read has its own name only; loading it says why. */
function namesOf(file: string, root: string): string[] {
  const stem = file.replace(/^.*[/\\]/, '').replace(/\.ya?ml$/, '');
  try {
    const { data } = readYaml(file, root);
    const name = (data as { name?: unknown } | null | undefined)?.name;
    return typeof name === 'string' ? [name, stem] : [stem];
  } catch {
    return [stem];
  }
}

function unknownSelection(word: string, files: readonly string[], root: string): Problem {
  const names = [...new Set(files.flatMap((file) => namesOf(file, root).slice(0, 1)))];
  const there =
    names.length > 0
      ? `there are: ${names.join(', ')}`
      : `${displayPath(join(root, 'selections'), root)}/ holds none`;
  const fix = didYouMean(word, names);
  return { message: `no selection '${word}'; ${there}`, ...(fix !== undefined && { fix }) };
}
