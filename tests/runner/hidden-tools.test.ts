import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlace, type Place, removePlace } from './test-run.js';

const script = join(import.meta.dirname, '../run.mjs');
const LAYERS = ['structure', 'golden', 'engine', 'scanners', 'cluster'];

describe('npm test on a machine with Node only', () => {
  let place: Place;
  beforeEach(() => {
    place = createPlace();
  });
  afterEach(() => removePlace(place));

  // A PATH of links: whatever else the machine has, Go and Python are not on it.
  function run(ci: string) {
    const bin = join(place.folder, 'bin');
    mkdirSync(bin);
    for (const program of ['node', 'sh', 'git'])
      symlinkSync(
        spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim(),
        join(bin, program),
      );
    return spawnSync(process.execPath, [script, ...LAYERS], {
      env: { ...place.env, PATH: bin, CI: ci },
      encoding: 'utf8',
    });
  }

  it('passes what it can run and names what it did not run, and why', () => {
    const { status, stdout } = run('');
    expect(stdout).toContain(
      'not run: engine (needs python3), cluster (needs go), scanners (needs go and python3)',
    );
    expect(stdout).toMatch(/│ golden +│ passed/);
    expect(stdout).toContain('2 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('fails with CI=true', () => {
    const { status, stdout } = run('true');
    expect(stdout).toContain('not run: engine (needs python3)');
    expect(stdout).toContain('2 passed, 3 failed');
    expect(status).toBe(1);
  });
});
