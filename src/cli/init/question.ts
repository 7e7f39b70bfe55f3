import type { Catalog } from '../../catalog/catalog.js';
import type { Answers, Key, Partly } from './answers.js';
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

/** A choice with its meaning behind it. */
export function choice(value: string, meaning?: string): Choice {
  return { value, label: meaning === undefined ? value : `${value}: ${meaning}` };
}

/** A whole number that is not too small. */
export function atLeast(least: number): Question['check'] {
  return (value, _, { texts }) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least
      ? undefined
      : texts.wrong.number(least);
}
