import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, contentKey } from '../cluster/cache.js';
import { openGuard } from '../cluster/guard.js';
import { createStateFolder } from '../cluster/state-folder.js';
import { ensureEngine, ensureSources } from './install.js';

const here = dirname(fileURLToPath(import.meta.url));
const script = join(here, 'real_parser.py');

/** What the engine's own parser says to one list of arguments. */
export interface Verdict {
  readonly accepted: boolean;
  /** Its last line, or the exception that would end the server. */
  readonly says: string;
  /** What it read, by Python name; only of accepted arguments. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Asks the parser of one published version, in one process for all cases (10 to 40 s, most of it the import). What it said
 * to the same arguments is remembered outside the tree.
 * @param cases Arguments after `vllm serve`, by name.
 * @param anew Asks whatever is remembered.
 */
export async function askRealParser(
  version: string,
  cases: Readonly<Record<string, readonly string[]>>,
  anew = false,
): Promise<ReadonlyMap<string, Verdict>> {
  const known = anew ? {} : remembered(version);
  const asked = Object.entries(cases).map(([name, args]) => ({ name, args, key: JSON.stringify(args) }));
  const unknown = Object.fromEntries(
    asked.filter(({ key }) => known[key] === undefined).map(({ key, args }) => [key, args]),
  );
  const said = Object.keys(unknown).length === 0 ? {} : await ask(version, unknown);
  remember(version, said);
  const all = { ...known, ...said };
  return new Map(asked.flatMap(({ name, key }) => (all[key] ? [[name, all[key]] as const] : [])));
}

type Verdicts = Readonly<Record<string, Verdict>>;

async function ask(version: string, cases: Readonly<Record<string, readonly string[]>>): Promise<Verdicts> {
  const { python } = await ensureEngine();
  const sources = await ensureSources(version);
  const guard = openGuard(createStateFolder());
  try {
    const input = join(guard.folder, 'cases.json');
    const output = join(guard.folder, 'results.json');
    writeFileSync(input, JSON.stringify(cases));
    guard.start('parser', {
      command: python,
      args: [script, input, output],
      // The home keeps what the import writes; compiled modules stay beside the sources for the next run.
      env: { PYTHONPATH: sources, PYTHONDONTWRITEBYTECODE: '', HOME: guard.folder, CUDA_VISIBLE_DEVICES: '' },
    });
    const { code } = await guard.exit('parser');
    if (code !== 0)
      throw new Error(`the parser of ${version} ended with ${code}:\n${guard.log('parser', 20)}`);
    return JSON.parse(readFileSync(output, 'utf8')) as Verdicts;
  } finally {
    await guard.close();
  }
}

/** One file for each version and each way of asking: what an answer stands on beside the arguments. */
function memory(version: string): string {
  const files = ['real_parser.py', 'environment.ts', 'constraints.txt', 'unpack_sources.py'];
  return join(cacheFolder(), `${contentKey(`engine-verdicts-${version}`, here, files)}.json`);
}

function remembered(version: string): Verdicts {
  const file = memory(version);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Verdicts) : {};
}

function remember(version: string, said: Verdicts): void {
  if (Object.keys(said).length === 0) return;
  const file = memory(version);
  const next = `${file}.${process.pid}`;
  writeFileSync(next, JSON.stringify({ ...remembered(version), ...said }));
  renameSync(next, file);
}
