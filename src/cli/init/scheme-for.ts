import type { Answers, Partly } from './answers.js';

/** Without people an open model of one's own is closed (selection rules R4 and R12); else it is what is written. */
export function schemeFor({ scheme, aiEngineers }: Partly): Answers['scheme'] {
  return scheme ?? (aiEngineers === 0 ? 'closed-cloud' : 'open-private');
}
