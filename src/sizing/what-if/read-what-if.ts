import { issueMessage } from '../../catalog/issue-message.js';
import type { Problem } from '../../error.js';
import { WhatIf } from './what-if.js';

/** What flags or a line ask, as far as it is valid. */
export interface ReadWhatIf {
  readonly asked: WhatIf;
  readonly problems: readonly Problem[];
  /** Keys with a problem: they are not in `asked`, and nobody misses them. */
  readonly invalid: ReadonlySet<string>;
}

/** Reads the keys of a what-if. What is not valid is left out, so that the rest is still looked up: all mistakes at once. */
export function readWhatIf(keys: WhatIf | Readonly<Record<string, unknown>>): ReadWhatIf {
  const result = WhatIf.safeParse(keys, { error: issueMessage });
  if (result.success) return { asked: result.data, problems: [], invalid: new Set() };
  const { issues } = result.error;
  const invalid = new Set(issues.map(({ path }) => String(path[0])));
  const valid = Object.entries(keys).filter(([key]) => !invalid.has(key));
  return {
    asked: WhatIf.parse(Object.fromEntries(valid)),
    problems: issues.map(({ path, message }) => ({ message: `${path.join('.')}: ${message}` })),
    invalid,
  };
}
