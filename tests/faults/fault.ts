import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

/** Facts of an example that a fault may ask for; examples.ts says how each is told. */
export const FACTS = [
  'route',
  'rule',
  'scaler',
  'parallel',
  'node-bound',
  'external',
  'admission',
  'hub',
  'short-cache',
] as const;
export type Fact = (typeof FACTS)[number];

const text = z.string().min(1);
const variable = z.strictObject({ name: text, value: z.string() });
const unit = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).optional();

const Edit = z.strictObject({
  on: text,
  name: text.optional(),
  at: z.string().startsWith('/').optional(),
  value: z.unknown().optional(),
  remove: z.literal(true).optional(),
  /** A new name of the object; what refers to it follows. */
  rename: text.optional(),
  args: unit({
    add: z.array(text).optional(),
    remove: text.optional(),
    set: z.tuple([text, z.string()]).optional(),
  }),
  env: unit({ add: variable.optional(), set: variable.optional(), remove: text.optional() }),
  mount: unit({ remove: text.optional(), writable: text.optional() }),
  volume: unit({ add: z.looseObject({ name: text }) }),
  image: text.optional(),
  repository: text.optional(),
  'rename-resource': unit({ from: text, to: text }),
  'node-label': text.optional(),
  query: text.optional(),
  rule: unit({ add: z.looseObject({ expr: text }).optional(), remove: text.optional() }),
});
export type Edit = z.output<typeof Edit>;

const Macro = z.enum(['$lws-leader-ready', '$lws-size-zero']);
export type Macro = z.output<typeof Macro>;

const Added = z.looseObject({ apiVersion: text, kind: text, metadata: z.looseObject({ name: text }) });

const Fault = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    from: z.string().regex(/^(trap \d+|gap|correction)$/),
    title: text,
    in: z.array(z.enum(FACTS)).default([]),
    edit: z.array(Edit).min(1).optional(),
    add: z.union([Macro, Added, z.array(Added).min(1)]).optional(),
    selection: z.record(text, text).optional(),
    beyond: text.optional(),
  })
  .refine(
    ({ edit, add, selection, beyond }) =>
      [edit ?? add, selection, beyond].filter((part) => part !== undefined).length === 1,
    'is planted in objects, in a selection, or is beyond reach: one of the three',
  );
/** One mistake; see the head of faults.yaml. */
export type Fault = z.output<typeof Fault>;

/** The list as it stands. `$300k` in it becomes a text of that length. @throws where a fault is written wrongly */
export function readFaults(): readonly Fault[] {
  const source = readFileSync(join(import.meta.dirname, 'faults.yaml'), 'utf8');
  return z.array(Fault).parse(parse(source.replaceAll('$300k', 'x'.repeat(300_000))));
}
