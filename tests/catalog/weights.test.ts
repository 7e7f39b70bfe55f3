import { expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { parametersFromDimensions } from '../../src/sizing/tensors.js';

const catalog = openCatalog(undefined);

test.each(catalog.ids('models'))(
  'the dimensions of %s give its published total, or the file says why not',
  (id) => {
    const model = catalog.model(id);
    if (model === undefined) throw new Error(`${id} is not read`);
    const { architecture, parameters, notes } = model;
    const beside = parameters.beside.reduce((sum, { count }) => sum + count, 0);
    const computed = parametersFromDimensions(architecture) + beside;
    const off = parameters.total === null ? 1 : Math.abs(computed / parameters.total - 1);
    const excused = notes.some((note) => note.startsWith('weights: '));
    expect(
      off <= 0.01 || excused,
      `${computed} against ${parameters.total}, ${(off * 100).toFixed(2)} % apart`,
    ).toBe(true);
    // An excuse that is no longer needed would hide the next mistake.
    expect(off > 0.01 || !excused, 'agrees within 1 %, so the note "weights: …" says nothing').toBe(true);
  },
);

test.each(catalog.ids('models').filter((id) => (catalog.model(id)?.parameters.beside.length ?? 0) > 0))(
  'what lies beside the architecture of %s is a small part of it',
  (id) => {
    const { parameters } = catalog.model(id) ?? { parameters: { beside: [], total: 0 } };
    const share = parameters.beside.reduce((sum, { count }) => sum + count, 0) / (parameters.total ?? 1);
    // The largest: the per-layer embedding table of the Gemma 4 E models, the vision tower of Qwen2.5-VL 3B.
    expect(share).toBeLessThan(/^gemma-4-e/.test(id) ? 0.5 : 0.2);
  },
);
