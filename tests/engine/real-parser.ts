import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGuard } from '../cluster/guard.js';
import { createStateFolder } from '../cluster/state-folder.js';
import { ensureEngine, ensureSources } from './install.js';

const script = join(dirname(fileURLToPath(import.meta.url)), 'real_parser.py');

/** What the engine's own parser says to one list of arguments. */
export interface Verdict {
  readonly accepted: boolean;
  /** Its last line, or the exception that would end the server. */
  readonly says: string;
  /** What it read, by Python name; only of accepted arguments. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Asks the parser of one published version, in one process for all cases (10 to 40 s, most of it the import).
 * @param cases Arguments after `vllm serve`, by name.
 */
export async function askRealParser(
  version: string,
  cases: Readonly<Record<string, readonly string[]>>,
): Promise<ReadonlyMap<string, Verdict>> {
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
    return new Map(Object.entries(JSON.parse(readFileSync(output, 'utf8')) as Record<string, Verdict>));
  } finally {
    await guard.close();
  }
}
