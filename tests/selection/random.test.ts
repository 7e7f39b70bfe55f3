import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openCatalog } from '../../src/catalog/catalog.js';
import { UserError } from '../../src/error.js';
import { loadSelection } from '../../src/selection/load.js';
import { resolveSelections } from '../../src/selection/resolve.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { templates } from '../../templates/registry.js';
import { mutation, randomSelection } from './random-selection.js';
import { scratchProject } from './scratch.js';

const RUNS = 1000;
const { root, write } = scratchProject();
write('clusters/dc.yaml', 'nodes: 2\naccelerator: h100-sxm\n');
const catalog = openCatalog(root);
const NO_LOCK = { images: {}, models: {} };

function outcome(text: string): ResolvedSelection[] | UserError {
  const file = write('selections/chat.yaml', text);
  try {
    return resolveSelections([loadSelection(file, root, templates)], {
      catalog,
      lock: NO_LOCK,
      root,
      schemes: templates,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error;
  }
}

test(`${RUNS} random selections resolve or are refused with places, and never crash`, () => {
  const seed = Number(process.env.BERTH_SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed} (BERTH_SEED=${seed} repeats it)`);
  const counts = { resolved: 0, refused: 0 };
  fc.assert(
    fc.property(randomSelection, fc.array(mutation, { maxLength: 2 }), (selection, mutations) => {
      const text = mutations.reduce((before, mutate) => mutate(before), stringify(selection));
      const result = outcome(text);
      if (result instanceof UserError) {
        counts.refused++;
        const odd = result.problems.filter(
          ({ message, place }) =>
            message === '' || !/^(selections|clusters)\//.test(place?.file ?? '') || !place?.line,
        );
        expect(odd).toEqual([]);
        expect(result.problems).not.toEqual([]);
      } else {
        counts.resolved++;
        const settings = result.map((one) => one.settings);
        expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
      }
    }),
    { numRuns: RUNS, seed },
  );
  console.log(`${counts.resolved} resolved, ${counts.refused} refused`);
  // A property that only ever sees one of the two proves little.
  expect(Math.min(counts.resolved, counts.refused)).toBeGreaterThan(RUNS / 10);
});
