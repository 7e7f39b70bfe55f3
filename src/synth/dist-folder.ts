import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../error.js';

/** A file of `dist/` as it is on disk. `content` is absent for what is no regular file, such as a link. */
export interface DiskFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly content?: string;
}

/** What stands below a folder of `dist/`: files, and folders with the deepest first. Links are not followed. */
export interface DiskTree {
  readonly files: readonly DiskFile[];
  readonly folders: readonly string[];
}

/** Reads a folder of `dist/`; empty where there is none. */
export function readTree(root: string, folder: string): DiskTree {
  if (!isFolder(root, folder)) return { files: [], folders: [] };
  const files: DiskFile[] = [];
  const folders: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const below = readTree(root, path);
      files.push(...below.files);
      folders.push(...below.folders, path);
    } else files.push(readDiskFile(root, path) ?? { path });
  }
  return { files, folders };
}

/** One file, or undefined where nothing has this name. */
export function readDiskFile(root: string, path: string): DiskFile | undefined {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isFile() ? { path, content: readFileSync(join(root, path), 'utf8') } : { path };
}

/**
 * Environments whose folder and plan stand in `dist/`. Anything else there is somebody else's and left alone.
 * @returns `{ name, environment }` of each, by code unit.
 */
export function environmentsOnDisk(root: string): { name: string; environment: string }[] {
  if (!isFolder(root, 'dist')) return [];
  return folderNames(join(root, 'dist')).flatMap((name) =>
    readdirSync(join(root, 'dist', name))
      .sort()
      .filter((file) => file.endsWith('.plan.json'))
      .map((file) => file.slice(0, -'.plan.json'.length))
      .filter((environment) => isOurs(readDiskFile(root, planPath(name, environment)), name, environment))
      .map((environment) => ({ name, environment })),
  );
}

/** Folder of an environment's manifests, relative to the root. */
export function environmentFolder(name: string, environment: string): string {
  return `dist/${name}/${environment}`;
}

/** File of an environment's plan, relative to the root. */
export function planPath(name: string, environment: string): string {
  return `${environmentFolder(name, environment)}.plan.json`;
}

function isOurs(file: DiskFile | undefined, name: string, environment: string): boolean {
  try {
    const plan = JSON.parse(file?.content ?? 'null');
    return plan?.planVersion !== undefined && plan.name === name && plan.environment === environment;
  } catch {
    return false;
  }
}

function folderNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** @throws UserError where a file or a link stands in the way: a link could lead out of the project. */
function isFolder(root: string, folder: string): boolean {
  const above = dirname(folder);
  if (above !== '.' && !isFolder(root, above)) return false;
  const found = lstatSync(join(root, folder), { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (found.isDirectory()) return true;
  const what = found.isSymbolicLink() ? 'a symbolic link' : 'a file';
  throw new UserError('dist/ cannot be written', [
    {
      message: `${folder} is ${what}, a folder is needed`,
      fix: `move it away: Berth follows no links inside dist/ and replaces nothing that it did not write`,
    },
  ]);
}
