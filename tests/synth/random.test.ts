import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { planChecks } from '../../src/checks/plan/all.js';
import { UserError } from '../../src/error.js';
import { synthesize } from '../../src/synth/synthesize.js';
import { writeDist } from '../../src/synth/writer.js';
import { templates } from '../../templates/registry.js';
import { mutation, randomSelection } from '../selection/random-selection.js';
import { scratchProject } from '../selection/scratch.js';
import { randomDeployment } from './random-deployment.js';
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

/** Files that an environment's kustomization lists and that are not there, or the other way round. */
function strays(environment: string): string[] {
  const names = Object.keys(filesBelow(join(dist, environment))).filter(
    (name) => !/^(PLAN\.md|NOTICE)$/.test(name),
  );
  const list = readFileSync(join(dist, environment, 'kustomization.yaml'), 'utf8');
  const { resources } = parse(list) as { resources: string[] };
  const wanted = ['kustomization.yaml', ...resources];
  return [
    ...names.filter((name) => !wanted.includes(name)),
    ...wanted.filter((name) => !names.includes(name)),
  ];
}

/** Half is random, a quarter sensible as it is, a quarter sensible with something broken. */
const selections = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(randomSelection, fc.constant(true)) },
  { weight: 1, arbitrary: fc.tuple(randomDeployment, fc.constant(true)) },
  { weight: 1, arbitrary: fc.tuple(randomDeployment, fc.constant(false)) },
);

test(`${RUNS} random selections are written wholly or refused with nothing written, and never crash`, () => {
  const seed = Number(process.env.BERTH_SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed} (BERTH_SEED=${seed} repeats it)`);
  const counts = { written: 0, refused: 0 };
  fc.assert(
    fc.property(selections, fc.array(mutation, { maxLength: 2 }), ([selection, isMutated], all) => {
      const mutations = isMutated ? all : [];
      const result = synth(mutations.reduce((before, mutate) => mutate(before), stringify(selection)));
      if (result instanceof UserError) {
        counts.refused++;
        expect(existsSync(dist), result.message).toBe(false);
      } else {
        counts.written++;
        const pages = Object.keys(filesBelow(dist)).filter((name) => name.endsWith('/PLAN.md'));
        expect(pages).toHaveLength(result);
        for (const page of pages) expect(strays(page.replace('/PLAN.md', ''))).toEqual([]);
      }
      expect(Object.keys(filesBelow(join(root, '.berth')))).toEqual([]);
    }),
    { numRuns: RUNS, seed },
  );
  console.log(`${counts.written} written, ${counts.refused} refused`);
  // A property that hardly ever sees something written says little about whole writes.
  expect(Math.min(counts.written, counts.refused)).toBeGreaterThan(RUNS / 5);
});
