import { basename } from 'node:path';
import type { Catalog } from '../../catalog/catalog.js';
import { didYouMean } from '../../catalog/nearest.js';
import type { Use } from '../../licence/use.js';
import { useOf } from '../../licence/use.js';
import { CAPABILITIES } from '../../selection/cluster.js';
import { Answers, AUDIENCES, CLASSES, type Key, NEEDS, type Partly, SITES } from './answers.js';
import { type Suggestion, suggestionOf, suggestModels } from './suggest.js';
import type { Texts } from './texts/texts.js';

/** What questions know beside the answers. */
export interface Context {
  readonly catalog: Catalog;
  readonly texts: Texts;
  /** Folder that the selection is written for. */
  readonly folder: string;
  /** Country of the terminal's locale. */
  readonly country: string | undefined;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** One question. `check` says in the user's language what is wrong with a value. */
export interface Question {
  readonly key: Key;
  readonly kind: 'text' | 'number' | 'choice' | 'several' | 'yes-no';
  readonly asked?: (answers: Partly, context: Context) => boolean;
  /** What is taken where nobody answers; undefined: there is no answer that fits everybody. */
  readonly fallback?: (answers: Partly, context: Context) => Answers[Key] | undefined;
  readonly choices?: (answers: Partly, context: Context) => readonly Choice[];
  /** Choices are not all there is: another word may be typed. */
  readonly open?: boolean;
  readonly check?: (value: unknown, answers: Partly, context: Context) => string | undefined;
}

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

/** In the order in which they are asked: what closes doors first, and nothing that an answer before it settles. */
export const QUESTIONS: readonly Question[] = [
  {
    key: 'name',
    kind: 'text',
    fallback: (_, { folder }) => slug(basename(folder)),
    check: (value, _, { texts }) =>
      Answers.shape.name.safeParse(value).success ? undefined : texts.wrong.name,
  },
  {
    key: 'country',
    kind: 'text',
    fallback: (_, { country }) => country,
    check: (value, _, { texts }) =>
      Answers.shape.country.safeParse(value).success ? undefined : texts.wrong.country,
  },
  {
    key: 'classification',
    kind: 'choice',
    fallback: () => 'internal',
    choices: (_, { texts }) =>
      CLASSES.map((value) => choice(value, texts.choices[`data:${value}`] ?? texts.choices[value])),
  },
  {
    key: 'audience',
    kind: 'choice',
    fallback: () => 'internal',
    choices: (_, { texts }) => AUDIENCES.map((value) => choice(value, texts.choices[value])),
  },
  { key: 'aiEngineers', kind: 'number', check: atLeast(0) },
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
  {
    key: 'capabilities',
    kind: 'several',
    fallback: () => [],
    choices: () => CAPABILITIES.map((value) => choice(value)),
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

function choice(value: string, meaning?: string): Choice {
  return { value, label: meaning === undefined ? value : `${value}: ${meaning}` };
}

function atLeast(least: number): Question['check'] {
  return (value, _, { texts }) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least
      ? undefined
      : texts.wrong.number(least);
}

/** The folder's name as a name, where it makes one. */
function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return plain === '' ? 'assistant' : plain;
}
