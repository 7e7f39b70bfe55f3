import { expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { UserError } from '../../src/error.js';
import { createPlan } from '../../src/index.js';

const catalog = openCatalog(undefined);
const COUNTS = [1, 2, 4, 8];

/** What makes a model fit or the accelerator be reached stands in the selection; what nobody knows does not. */
interface Answers {
  plans: number;
  refusals: number;
  withoutFix: string[];
}

function ask(model: string, accelerator: string, gpusPerReplica: number, answers: Answers): void {
  const options = { name: 'any', model, accelerator, gpusPerReplica, concurrency: 16 };
  try {
    createPlan(options, { catalog, projectRoot: import.meta.dirname, asOf: '2026-11-25' });
    answers.plans += 1;
  } catch (error) {
    // Whatever else is thrown is a crash.
    if (!(error instanceof UserError))
      throw new Error(`${model} ${accelerator} ${gpusPerReplica}`, { cause: error });
    answers.refusals += 1;
    for (const { id, message, fix } of error.problems)
      if ([fix ?? []].flat().length === 0)
        answers.withoutFix.push(`${id}: ${message.replace(/\d[\d.,]*/g, 'n')}`);
  }
}

test('every model on one, two, four and eight of every accelerator gives a plan, or a refusal that says what would do', () => {
  const answers: Answers = { plans: 0, refusals: 0, withoutFix: [] };
  for (const model of catalog.ids('models'))
    for (const accelerator of catalog.ids('accelerators'))
      for (const count of COUNTS) ask(model, accelerator, count, answers);
  const asked = catalog.ids('models').length * catalog.ids('accelerators').length * COUNTS.length;
  console.log(`${asked} asked: ${answers.plans} plans, ${answers.refusals} refusals`);
  expect(answers.plans + answers.refusals).toBe(asked);
  expect([...new Set(answers.withoutFix)]).toEqual([]);
}, 1_200_000);
