import { didYouMean } from '../../catalog/nearest.js';
import { type Use, useOf } from '../../licence/use.js';
import { Answers, NEEDS, type Partly, SITES } from './answers.js';
import { atLeast, type Choice, type Context, choice, type Question } from './question.js';
import { type Suggestion, suggestionOf, suggestModels } from './suggest.js';
import type { Texts } from './texts/texts.js';

const COMMON_ACCELERATORS = ['l4', 'l40s', 'a100-80-sxm', 'h100-sxm', 'h200', 'h20', 'rtx-4090', 'rtx-a6000'];
const GRAVE = ['sensitive', 'important', 'core'];

/** The use that licences are judged by, from the answers so far. */
export function useFrom(answers: Partly): Use {
  const { country, monthlyActiveUsers, annualRevenueUsd, product, audience } = answers;
  return useOf({
    organization: { country, monthlyActiveUsers, annualRevenueUsd },
    usage: { audience, product },
    serving: null,
  });
}

const limits = (answers: Partly, { catalog }: Context): readonly (string | null)[] =>
  answers.model === undefined
    ? []
    : (suggestionOf(answers.model, answers, useFrom(answers), catalog)?.licensing.objections ?? []).map(
        ({ key }) => key,
      );

/** An open model on one's own accelerators. */
export const OPEN_QUESTIONS: readonly Question[] = [
  {
    key: 'need',
    kind: 'choice',
    fallback: () => 'generic',
    choices: (_, { texts }) => NEEDS.map((value) => choice(value, texts.choices[value])),
  },
  { key: 'concurrentUsers', kind: 'number', fallback: () => 20, check: atLeast(1) },
  {
    key: 'accelerator',
    kind: 'choice',
    open: true,
    choices: (_, { catalog }) =>
      COMMON_ACCELERATORS.flatMap((id) => {
        const found = catalog.accelerator(id);
        return found === undefined ? [] : [choice(id, `${found.name}, ${found.memory.marketedGb} GB`)];
      }),
    check: (value, _, { catalog, texts }) =>
      typeof value === 'string' && catalog.accelerator(value) !== undefined
        ? undefined
        : texts.wrong.noSuch(String(value), didYouMean(String(value), catalog.ids('accelerators')) ?? ''),
  },
  { key: 'gpusPerNode', kind: 'number', fallback: () => 1, check: atLeast(1) },
  { key: 'nodes', kind: 'number', fallback: () => 1, check: atLeast(1) },
  {
    key: 'site',
    kind: 'choice',
    asked: ({ accelerator = '' }, { catalog }) =>
      (catalog.accelerator(accelerator)?.datacentreRestriction ?? null) !== null,
    choices: (_, { texts }) => SITES.map((value) => choice(value, texts.choices[value])),
  },
  {
    key: 'encrypted',
    kind: 'yes-no',
    asked: ({ classification = '' }) => GRAVE.includes(classification),
  },
  {
    key: 'model',
    kind: 'choice',
    fallback: (answers, { catalog }) => suggestModels(answers, useFrom(answers), catalog)[0]?.model.id,
    choices: (answers, { catalog, texts }) =>
      suggestModels(answers, useFrom(answers), catalog).map((one) => modelChoice(one, answers, texts)),
    check: (value, answers, { catalog, texts }) => {
      const known = catalog.model(String(value)) !== undefined;
      const near = didYouMean(String(value), catalog.ids('models')) ?? '';
      if (!known) return texts.wrong.noSuch(String(value), near);
      const found = suggestionOf(String(value), answers, useFrom(answers), catalog);
      if (found === undefined) return texts.closed.noModel;
      return found.licensing.objections.find(({ state }) => state === 'refused')?.clause;
    },
  },
  {
    key: 'monthlyActiveUsers',
    kind: 'number',
    asked: (answers, context) => limits(answers, context).includes('organization.monthlyActiveUsers'),
    check: atLeast(0),
  },
  {
    key: 'annualRevenueUsd',
    kind: 'number',
    asked: (answers, context) => limits(answers, context).includes('organization.annualRevenueUsd'),
    check: atLeast(0),
  },
  {
    key: 'product',
    kind: 'choice',
    asked: (answers, context) => limits(answers, context).includes('usage.product'),
    choices: (_, { texts }) =>
      Answers.shape.product.options.map((value) => choice(value, texts.choices[value])),
  },
];

function modelChoice(
  { model, checkpoint, gpus, licensing }: Suggestion,
  answers: Partly,
  texts: Texts,
): Choice {
  const terms = {
    allowed: texts.model.allowed,
    obligations: texts.model.obligations,
    question: texts.model.asks,
    refused: '',
  }[licensing.verdict];
  return {
    value: model.id,
    label: `${model.name}, ${checkpoint.precision}`,
    hint: `${model.licence}: ${terms}; ${texts.model.gpus(gpus, answers.accelerator ?? '')}`,
  };
}
