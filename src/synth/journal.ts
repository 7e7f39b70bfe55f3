import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { makeFolder, syncFolder, writeDurably } from './durable.js';

/** A path below the project's root that lies in `dist/` and leads nowhere else. */
const InDist = z.string().refine((path) => /^dist\//.test(path) && !path.split('/').includes('..'));

/** What is left to do. Each step may be done twice, so that it can be done again after a crash. */
const Journal = z.strictObject({
  version: z.literal(1),
  remove: z.array(InDist),
  removeFolders: z.array(InDist),
  /** Staged files, in `.berth/staging`, and where they belong. */
  place: z.array(z.strictObject({ staged: z.string().regex(/^\d+$/), path: InDist })),
});
type Journal = z.infer<typeof Journal>;

/** Files to write and to remove, folders to remove, deepest first. Paths are relative to the root. */
export interface Transaction {
  readonly write: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
  readonly removeFolders: readonly string[];
}

const FOLDER = '.berth';
const paths = (root: string) => ({
  folder: join(root, FOLDER),
  staging: join(root, FOLDER, 'staging'),
  journal: join(root, FOLDER, 'journal.json'),
  draft: join(root, FOLDER, 'journal.draft'),
});

/**
 * Stages every new file and writes down what is to be done. Until this returns `dist/` is as it was; from then on
 * the change happens, now or after a crash.
 */
export function prepare(root: string, { write, remove, removeFolders }: Transaction): void {
  const { folder, staging, journal, draft } = paths(root);
  makeFolder(staging);
  const place = [...write].map(([path, content], index) => {
    writeDurably(join(staging, String(index)), content);
    return { staged: String(index), path };
  });
  syncFolder(staging);
  const entry: Journal = {
    version: 1,
    remove: [...remove],
    removeFolders: [...removeFolders],
    place,
  };
  writeDurably(draft, JSON.stringify(entry));
  renameSync(draft, journal);
  syncFolder(folder);
}

/** Does what the journal says, from wherever an earlier attempt has stopped, and removes it. */
export function perform(root: string): void {
  const { folder, staging, journal } = paths(root);
  const entry = readJournal(journal);
  if (entry === undefined) throw new Error(`${journal} is not a journal`);
  const touched = new Set<string>();
  for (const path of entry.remove) {
    if (attempt(() => unlinkSync(join(root, path)), 'ENOENT', 'ENOTDIR')) touched.add(dirname(path));
  }
  for (const path of entry.removeFolders) {
    // A folder that somebody has put something into since stays.
    if (attempt(() => rmdirSync(join(root, path)), 'ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'))
      touched.add(dirname(path));
  }
  for (const { staged, path } of entry.place) {
    if (!existsSync(join(staging, staged))) continue;
    makeFolder(dirname(join(root, path)));
    renameSync(join(staging, staged), join(root, path));
    touched.add(dirname(path));
  }
  for (const path of touched) syncFolder(join(root, path));
  unlinkSync(journal);
  syncFolder(folder);
  discard(root);
}

/** What an interrupted synth has left: `complete` is to be performed, `begun` to be discarded. */
export function leftover(root: string): 'complete' | 'begun' | undefined {
  const { staging, journal, draft } = paths(root);
  if (existsSync(journal)) return readJournal(journal) === undefined ? 'begun' : 'complete';
  return existsSync(staging) || existsSync(draft) ? 'begun' : undefined;
}

/** Undefined for what this version did not write: it is not obeyed. */
function readJournal(journal: string): Journal | undefined {
  try {
    return Journal.parse(JSON.parse(readFileSync(journal, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** Removes what was staged and is not needed. */
export function discard(root: string): void {
  const { staging, journal, draft } = paths(root);
  for (const path of [journal, draft]) rmSync(path, { force: true });
  if (!existsSync(staging)) return;
  for (const name of readdirSync(staging)) unlinkSync(join(staging, name));
  rmdirSync(staging);
}

/** True where the action was done, false where it was not needed. */
function attempt(action: () => void, ...notNeeded: string[]): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (notNeeded.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
