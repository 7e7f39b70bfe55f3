import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/engine');

/** A mistake in arguments, and who refuses it. */
export interface BrokenArguments {
  readonly name: string;
  /** After `vllm serve`. */
  readonly args: readonly string[];
  /** Versions whose own parser refuses it; the table of each does the same, and more where `difference` says so. */
  readonly refusedBy: readonly string[];
  /** Part of what the parser says. */
  readonly says?: string;
  /** Entry of table-differences.json: the table refuses it in every version. */
  readonly difference?: string;
}

export const brokenArguments = readJson('broken-args.json') as readonly BrokenArguments[];
/** Why a table refuses what the parser takes, by name. */
export const tableDifferences = readJson('table-differences.json') as Readonly<Record<string, string>>;

/** Whether the table of a version must refuse the case. */
export function tableRefuses({ refusedBy, difference }: BrokenArguments, version: string): boolean {
  return difference !== undefined || refusedBy.includes(version);
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(fixtures, name), 'utf8'));
}
