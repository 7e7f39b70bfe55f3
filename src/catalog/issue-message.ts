import type * as z from 'zod';
import { isSecretLike, looksRandom } from './secret-like.js';

const WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
  null: 'null',
};

/** What a schema expects by the name of its type, in words. */
export function expectedWord(expected: string): string {
  return WORDS[expected] ?? expected;
}

/** A value as a message shows it: short, maps and lists only by their kind, and never what may be a key. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing (null)';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return String(value);
  if (isSecretLike(value) || looksRandom(value)) return 'a value that is not shown: it may be a secret';
  const flat = value.replace(/\s+/g, ' ');
  return `'${flat.length > 60 ? `${flat.slice(0, 57)}…` : flat}'`;
}

/** The error of a schema whose pattern says little: `must be <words>`, and what was found. */
export function mustBe(words: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => `must be ${words}, found ${shown(input)}` };
}

/** Our words for zod's issues: what is allowed first, then what was found. Schemas with an error of their own keep it. */
export function issueMessage(issue: z.core.$ZodRawIssue): string | undefined {
  const found = shown(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${expectedWord(String(issue.expected))}, found ${found}`;
    case 'invalid_value':
      return `must be ${oneOf((issue as z.core.$ZodIssueInvalidValue).values)}, found ${found}`;
    case 'too_small':
      return bound(issue, 'at least', 'more than', issue.minimum as number, found);
    case 'too_big':
      return bound(issue, 'at most', 'less than', issue.maximum as number, found);
    case 'invalid_format':
      return issue.format === 'url'
        ? `must be an address such as http://host:9090, found ${found}`
        : `must match ${issue.pattern ?? issue.format}, found ${found}`;
    default:
      return undefined;
  }
}

/** `one of: a, b` or the only value. */
export function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => (value === null ? 'null' : String(value)));
  return words.length === 1 ? String(words[0]) : `one of: ${words.join(', ')}`;
}

function bound(
  issue: z.core.$ZodRawIssue,
  closed: string,
  open: string,
  limit: number,
  found: string,
): string {
  const words = `${issue.inclusive === false ? open : closed} ${limit}`;
  if (issue.origin === 'string')
    return limit === 1 ? 'must not be empty' : `must have ${words} characters, found ${found}`;
  if (issue.origin === 'array') return `needs ${words} ${limit === 1 ? 'entry' : 'entries'}`;
  return `must be ${words}, found ${found}`;
}
