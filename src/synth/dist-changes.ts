import {
  type DiskFile,
  environmentFolder,
  environmentsOnDisk,
  planPath,
  readDiskFile,
  readTree,
} from './dist-folder.js';
import type { Transaction } from './journal.js';

/** Everything that one environment has in `dist/`: path relative to the root → content. */
export interface EnvironmentFiles {
  readonly name: string;
  readonly environment: string;
  readonly files: ReadonlyMap<string, string>;
}

/** One file that a synth would write or remove. */
export interface DistChange {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly path: string;
  /** Absent for a new file, and for what is no regular file. */
  readonly before?: string;
  /** Absent for a file that goes. */
  readonly after?: string;
}

/** What a synth would change in `dist/`, files by code unit of their paths, and folders that become empty. */
export interface DistChanges {
  readonly files: readonly DistChange[];
  readonly emptyFolders: readonly string[];
}

/**
 * Compares what is wanted with what is on disk. Reads only.
 * @param complete True where `wanted` is everything that the project deploys: environments that are not in it go.
 */
export function distChanges(
  root: string,
  wanted: readonly EnvironmentFiles[],
  complete: boolean,
): DistChanges {
  const files = wanted.flatMap((environment) =>
    changesOf(root, environment.files, onDisk(root, environment)),
  );
  const emptyFolders = wanted.flatMap(({ name, environment, files: own }) =>
    readTree(root, environmentFolder(name, environment)).folders.filter(
      (folder) => ![...own.keys()].some((path) => path.startsWith(`${folder}/`)),
    ),
  );
  if (complete) {
    const gone = environmentsOnDisk(root).filter(
      (found) => !wanted.some((one) => one.name === found.name && one.environment === found.environment),
    );
    for (const { name, environment } of gone) {
      const folder = environmentFolder(name, environment);
      files.push(...changesOf(root, new Map(), onDisk(root, { name, environment })));
      emptyFolders.push(...readTree(root, folder).folders, folder);
    }
    const names = new Set(gone.map(({ name }) => name));
    for (const name of names) if (!wanted.some((one) => one.name === name)) emptyFolders.push(`dist/${name}`);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, emptyFolders };
}

/** The same as steps for the journal. */
export function transactionOf({ files, emptyFolders }: DistChanges): Transaction {
  const write = new Map<string, string>();
  for (const { path, after } of files) if (after !== undefined) write.set(path, after);
  const remove = files.filter(({ kind }) => kind === 'removed').map(({ path }) => path);
  return { write, remove, removeFolders: emptyFolders };
}

function onDisk(root: string, { name, environment }: { name: string; environment: string }): DiskFile[] {
  // The tree first: it refuses links and files that stand where folders belong.
  const { files } = readTree(root, environmentFolder(name, environment));
  const plan = readDiskFile(root, planPath(name, environment));
  return plan ? [...files, plan] : [...files];
}

function changesOf(
  root: string,
  wanted: ReadonlyMap<string, string>,
  found: readonly DiskFile[],
): DistChange[] {
  const before = new Map(found.map((file) => [file.path, file]));
  const written = [...wanted].flatMap(([path, after]): DistChange[] => {
    const file = before.get(path) ?? readDiskFile(root, path);
    if (file === undefined) return [{ kind: 'added', path, after }];
    return file.content === after ? [] : [{ kind: 'changed', path, before: file.content, after }];
  });
  const removed = found
    .filter(({ path }) => !wanted.has(path))
    .map(({ path, content }): DistChange => ({ kind: 'removed', path, before: content }));
  return [...written, ...removed];
}
