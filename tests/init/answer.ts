import type { Key } from '../../src/cli/init/answers.js';
import { type Language, textsOf } from '../../src/cli/init/language.js';
import type { Terminal } from './terminal.js';

/** Types what a script says at each question, in its order. */
export async function answer(
  at: Terminal,
  language: Language,
  script: readonly (readonly [Key, string])[],
): Promise<void> {
  const { questions } = textsOf(language);
  for (const [key, keys] of script) {
    await at.shows(questions[key].ask);
    // A prompt listens once it has drawn itself.
    await at.shows(questions[key].why);
    at.type(keys);
  }
}
