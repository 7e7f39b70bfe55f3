import type * as z from 'zod';
import { expectedWord, oneOf, shown } from './issue-message.js';

type Issue = z.core.$ZodIssue;

/** The option of a union that the data comes nearest to, by its place in the union, with what it still lacks. */
export interface Branch {
  readonly index: number | undefined;
  readonly issues: readonly Issue[];
}

/**
 * Descends into a failed union: options of another kind (a map where a text was given) drop out, then the fewest
 * mistakes win. Where several options of the same kind reject a scalar, or all are of another kind, one issue names
 * what each of them allows.
 */
export function chooseBranch(union: z.core.$ZodIssueInvalidUnion, data: unknown): Branch {
  const branches = union.errors.map((issues, index) => ({ index, issues: issues as readonly Issue[] }));
  const sameKind = branches.filter(({ issues }) => !issues.some(isOtherKind));
  if (sameKind.length === 0) {
    const kinds = branches.flatMap(({ issues }) => issues.filter(isOtherKind).map(wanted));
    return merged(`must be ${[...new Set(kinds)].join(' or ')}, found ${shown(data)}`, data);
  }
  if (typeof data === 'object' && data !== null) {
    const [best] = sameKind.sort((a, b) => weight(a.issues) - weight(b.issues) || a.index - b.index);
    return best as Branch;
  }
  if (sameKind.length === 1) return sameKind[0] as Branch;
  return merged(
    [...new Set(sameKind.flatMap(({ issues }) => issues.map(({ message }) => message)))].join('; or '),
    data,
  );
}

function merged(message: string, input: unknown): Branch {
  return { index: undefined, issues: [{ code: 'custom', message, path: [], input }] };
}

/** A scalar of the wrong kind at the union's own level; a literal of another value is no other kind. */
function isOtherKind(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_type';
}

function wanted(issue: Issue): string {
  if (issue.code === 'invalid_value') return oneOf(issue.values);
  return issue.code === 'invalid_type' ? expectedWord(issue.expected) : issue.message;
}

function weight(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}
