import type { YAMLError } from 'yaml';
import type { Place, Problem } from '../error.js';
import { shown } from './issue-message.js';

type Words = { readonly message: string; readonly fix?: string };

const WORDS: Partial<Record<YAMLError['code'], Words>> = {
  TAB_AS_INDENT: { message: 'a tab indents this line', fix: 'indent with spaces' },
  MULTIPLE_DOCS: { message: 'a second document begins here, a file holds one', fix: 'remove the line ---' },
  BAD_DIRECTIVE: { message: 'a directive (%…) that is not known here', fix: 'remove the line' },
  NON_STRING_KEY: { message: 'a key must be a text, not a list or map' },
  TAG_RESOLVE_FAILED: { message: 'a tag that is not known here', fix: 'remove the word that begins with !' },
  RESOURCE_EXHAUSTION: { message: 'nested too deep' },
  UNEXPECTED_TOKEN: { message: 'this does not belong here', fix: 'check indentation, commas and quotes' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a ': ' inside a value, or a line that is indented wrongly",
    fix: 'put the value in quotes, or indent the line like its neighbours',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key that spans several lines',
    fix: 'indent the line like its neighbours',
  },
};

/** Mistakes that leave the rest of the file readable: what the schema says of it is then worth saying too. */
const HARMLESS: readonly YAMLError['code'][] = ['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED', 'TAB_AS_INDENT'];

/** What is wrong with the syntax. Messages never quote the file, except keys: any part of it may be a secret. */
export function syntaxProblems(
  errors: readonly YAMLError[],
  text: string,
  at: (offset: number) => Place,
): { readonly problems: Problem[]; readonly harmless: boolean } {
  const serious = errors.filter(({ code }) => !HARMLESS.includes(code));
  const harmless = errors.filter(({ code }) => HARMLESS.includes(code));
  // Of serious mistakes the first one counts: the others mostly follow from it.
  const kept = [...harmless, ...serious.slice(0, 1)].sort((a, b) => a.pos[0] - b.pos[0]);
  return {
    problems: kept.map((error) => ({ place: at(error.pos[0]), ...words(error, text) })),
    harmless: serious.length === 0,
  };
}

/** Words for what the YAML library throws when it builds the data: aliases and merge keys. */
export function buildProblem(error: unknown): Words {
  const message = error instanceof Error ? error.message : '';
  if (/alias count/.test(message))
    return { message: 'aliases multiply the content too often', fix: 'write it out' };
  if (/Unresolved alias/.test(message)) return { message: 'an alias (*…) without its anchor (&…) before it' };
  return { message: withoutQuotation(message) };
}

function words({ code, message, pos }: YAMLError, text: string): Words {
  if (code === 'DUPLICATE_KEY') {
    const key = /^["']?([^\s:"']*)/.exec(text.slice(pos[0], pos[0] + 80))?.[1] ?? '';
    return { message: `duplicate key ${shown(key)}`, fix: 'keep one of the two' };
  }
  return WORDS[code] ?? { message: withoutQuotation(message) };
}

/** The library quotes the file after a colon. */
function withoutQuotation(message: string): string {
  const [said = ''] = message.split(': ');
  return said.charAt(0).toLowerCase() + said.slice(1);
}
