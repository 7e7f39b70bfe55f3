import type { Trial } from './trial.js';

/** Looks at one thing of a case. Throws where the product's answer is not the right one. */
export type Judge = (trial: Trial) => void | Promise<void>;

/** Judges of a kind's cases: by case, then by the check's name. */
export type Judges = Readonly<Record<string, Readonly<Record<string, Judge>>>>;
