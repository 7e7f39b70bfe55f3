import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const text = z.string().min(1);

const FieldCase = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: text,
  source: z.strictObject({ urls: z.array(z.url()).min(1), date: z.string().regex(/^\d{4}-\d\d-\d\d$/) }),
  /** A: stated by a maintainer, or measured; B: the reporter's confirmed repair; C: reasoned. */
  confidence: z.enum(['A', 'B', 'C']),
  input: z.strictObject({
    /** Words after `berth`, by name. */
    commands: z.record(z.string(), text).optional(),
    selection: z.record(z.string(), z.unknown()).optional(),
    /** Files of the project that the selection or a command names, by path. */
    files: z.record(z.string(), z.unknown()).optional(),
    /** Somebody else's objects. */
    manifests: z.array(z.record(z.string(), z.unknown())).optional(),
    note: text.optional(),
  }),
  expectation: text,
  /** What is looked at, by the name of the judge that does it. */
  checks: z.record(z.string(), text),
  /** The capability without which a check cannot be decided yet. */
  waits: z.record(z.string(), text).optional(),
  /** Checks that the product is known to answer wrongly, and why that has not been mended. */
  wrong: z.record(z.string(), text).optional(),
});

/** Something that happened to somebody, retold, with the answer that would have been right. */
export type FieldCase = z.infer<typeof FieldCase> & { readonly kind: string };

/** Every case of tests/cases/<kind>.yaml, kinds in the order of the alphabet. */
export function fieldCases(): readonly FieldCase[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const cases = z.array(FieldCase).parse(parse(readFileSync(join(import.meta.dirname, file), 'utf8')));
      return cases.map((one) => ({ kind: file.replace('.yaml', ''), ...one }));
    });
}
