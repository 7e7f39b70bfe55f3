import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { formatProblem, UserError } from '../../src/error.js';

const made: string[] = [];
// Here and not where one is made: what a running test hands to afterAll is not called.
afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

/** An empty project in a temporary folder, removed after the tests of the file. */
export function scratchProject() {
  const root = mkdtempSync(join(tmpdir(), 'berth-selection-'));
  made.push(root);
  writeFileSync(join(root, 'cdk8s.yaml'), '');
  const write = (path: string, content: string | Uint8Array): string => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  return { root, write };
}

/** What a user reads when the step fails; empty where it does not. Anything but a UserError is a bug and thrown on. */
export function userReads(step: () => unknown): string {
  try {
    step();
    return '';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.summary, ...error.problems.map(formatProblem)].join('\n');
  }
}
