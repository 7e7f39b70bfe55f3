import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { planChecks } from '../../src/checks/plan/all.js';
import { UserError } from '../../src/error.js';
import { synthesize } from '../../src/synth/synthesize.js';
import { writeDist } from '../../src/synth/writer.js';
import { templates } from '../../templates/registry.js';
import { mutation, randomSelection } from '../selection/random-selection.js';
import { scratchProject } from '../selection/scratch.js';
import { filesBelow } from './toy-project.js';

const RUNS = 1000;
const { root, write } = scratchProject();
write('clusters/dc.yaml', 'nodes: 2\naccelerator: h100-sxm\n');
const dist = join(root, 'dist');

/** What `berth synth` does with one selection: writes everything, or refuses and writes nothing. */
function synth(text: string): number | UserError {
  rmSync(dist, { recursive: true, force: true });
  write('selections/chat.yaml', text);
  try {
    const request = {
      root,
      asOf: '2026-11-25',
      templates,
      checks: { plan: planChecks, manifest: manifestChecks },
    };
    const { environments, error, complete } = synthesize(request);
    if (error) return error;
    const wanted = environments.flatMap(({ output }) => output ?? []);
    writeDist(root, wanted, complete, () => {});
    return wanted.length;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

test(`${RUNS} random selections are written wholly or refused with nothing written, and never crash`, () => {
  const seed = Number(process.env.BERTH_SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed} (BERTH_SEED=${seed} repeats it)`);
  const counts = { written: 0, refused: 0 };
  fc.assert(
    fc.property(randomSelection, fc.array(mutation, { maxLength: 2 }), (selection, mutations) => {
      const result = synth(mutations.reduce((before, mutate) => mutate(before), stringify(selection)));
      if (result instanceof UserError) {
        counts.refused++;
        expect(existsSync(dist), result.message).toBe(false);
      } else {
        counts.written++;
        const pages = Object.keys(filesBelow(dist)).filter((name) => name.endsWith('/PLAN.md'));
        expect(pages).toHaveLength(result);
      }
      expect(Object.keys(filesBelow(join(root, '.berth')))).toEqual([]);
    }),
    { numRuns: RUNS, seed },
  );
  console.log(`${counts.written} written, ${counts.refused} refused`);
  expect(counts.written).toBeGreaterThan(0);
});
