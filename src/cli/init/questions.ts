import { basename } from 'node:path';
import { CAPABILITIES } from '../../selection/cluster.js';
import { Answers, AUDIENCES, CLASSES } from './answers.js';
import { CLOUD_QUESTIONS } from './cloud-questions.js';
import { OPEN_QUESTIONS } from './open-questions.js';
import { atLeast, choice, type Question } from './question.js';
import { schemeFor } from './scheme-for.js';

const COMPANY: readonly Question[] = [
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
];

const CLUSTER: readonly Question[] = [
  {
    key: 'capabilities',
    kind: 'several',
    fallback: () => [],
    choices: () => CAPABILITIES.map((value) => choice(value)),
  },
];

/** In the order in which they are asked: what closes doors first, and nothing that an answer before it settles. */
export const QUESTIONS: readonly Question[] = [
  ...COMPANY,
  ...OPEN_QUESTIONS.map((question) => only('open-private', question)),
  ...CLOUD_QUESTIONS.map((question) => only('closed-cloud', question)),
  ...CLUSTER,
];

function only(scheme: string, question: Question): Question {
  return {
    ...question,
    asked: (answers, context) =>
      schemeFor(answers) === scheme && (question.asked?.(answers, context) ?? true),
  };
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
