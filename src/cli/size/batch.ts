import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Catalog } from '../../catalog/catalog.js';
import { reasonOf } from '../../catalog/read-text.js';
import { UserError } from '../../error.js';
import { sizeLine } from '../../sizing/what-if/size-line.js';

/** Sizes every line of the file, `-` for standard input; prints one result a line, in the same order. */
export function runBatch(file: string, catalog: Catalog, cwd: string): void {
  const today = new Date().toISOString().slice(0, 10);
  const lines = readLines(file, cwd).filter((line) => line.trim() !== '');
  let printed: string[] = [];
  for (const [at, line] of lines.entries()) {
    printed.push(JSON.stringify(sizeLine(line, at, catalog, today)));
    // Whoever reads along gets results as they come, but not one system call for each.
    if (printed.length === 100) {
      process.stdout.write(`${printed.join('\n')}\n`);
      printed = [];
    }
  }
  if (printed.length > 0) process.stdout.write(`${printed.join('\n')}\n`);
}

function readLines(file: string, cwd: string): string[] {
  try {
    return readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8').split('\n');
  } catch (error) {
    throw new UserError('nothing was sized', [
      {
        message: `--batch ${file} cannot be read: ${reasonOf(error)}`,
        fix: 'give a file with one JSON object a line, or - for standard input',
      },
    ]);
  }
}
