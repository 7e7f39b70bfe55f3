import fc from 'fast-check';
import * as z from 'zod';
import { selectionSchema } from '../../src/selection/schema.js';
import { templates } from '../../templates/registry.js';

const openPrivate = templates.filter(({ name }) => name === 'open-private');
const Selection = selectionSchema(['open-private'], openPrivate);

/** Words that mean something at a key: a random text would never get past the schema. The last one of each is wrong. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  model: ['qwen3-32b', 'Qwen/Qwen3-8B', 'nothing'],
  profile: ['small', 'medium', 'large', 'edge', 'huge'],
  accelerator: ['h100-sxm', 'l4', 'l40s', 'none-such'],
  cluster: ['dc', 'dc', 'dc-2'],
  kind: ['upstream', 'Deployment', 'none-such'],
  version: ['0.32.0', '0.31.9', '0.1.0'],
  until: ['2027-01-01', '2026-12-31', '2026-02-30'],
  country: ['CN', 'DE', 'xx'],
  currency: ['CNY', 'EUR', 'yuan'],
  image: ['registry.example/vllm/vllm-openai', 'vllm:latest'],
  driver: ['580', '570.172.08', 'new'],
  endpoint: ['https://mirror.example', 'mirror'],
  address: ['http://prometheus.monitoring:9090', 'prometheus'],
  revision: ['0123456789abcdef0123456789abcdef01234567', 'main'],
  paths: ['/v1/models', '/v1/chat/completions', 'v1'],
};

function wordsAt(key: string): fc.Arbitrary<unknown> {
  const words = WORDS[key] ?? ['llm', 'a', 'web-1'];
  const right = words.length > 1 && WORDS[key] ? words.slice(0, -1) : words;
  return fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(words.at(-1), '', 3, true, 'ünï©ode', 'x'.repeat(300)) },
  );
}

/** Values that a schema accepts, or nearly: keys come from it, words from the list above. */
function valuesOf(schema: z.ZodType, key: string): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return valuesOf(schema.unwrap() as z.ZodType, key);
  if (schema instanceof z.ZodNullable) {
    const value = valuesOf(schema.unwrap() as z.ZodType, key);
    return fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) });
  }
  if (schema instanceof z.ZodObject) return mapOf(schema);
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(wordsAt('').map(String), valuesOf(schema.valueType as z.ZodType, key), {
      maxKeys: 2,
    });
  if (schema instanceof z.ZodArray)
    return fc.array(valuesOf(schema.element as z.ZodType, key), { minLength: 1, maxLength: 2 });
  if (schema instanceof z.ZodUnion)
    // A model described inline is a page of its own; its schema belongs to the catalogue.
    return fc.oneof(...schema.options.slice(0, 2).map((option) => valuesOf(option as z.ZodType, key)));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return fc.constantFrom(...Array(20).fill(1), 0.5, -1, 1e21);
  if (schema instanceof z.ZodUnknown) return fc.jsonValue({ maxDepth: 2 });
  return wordsAt(key);
}

/** Required keys and up to two of the others. */
function mapOf(schema: z.ZodObject): fc.Arbitrary<Record<string, unknown>> {
  const shape = schema.shape as Record<string, z.ZodType>;
  const optional = Object.keys(shape).filter((key) => shape[key] instanceof z.ZodOptional);
  const required = Object.keys(shape).filter((key) => !optional.includes(key));
  return fc
    .subarray(optional, { maxLength: Math.min(2, optional.length) })
    .chain((keys) =>
      fc.record(
        Object.fromEntries(
          [...required, ...keys].map((key) => [key, valuesOf(shape[key] as z.ZodType, key)]),
        ),
      ),
    );
}

/** Selections of which a good part resolves: a likely start, two random keys, and one or two random environments. */
export const randomSelection: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    mapOf(z.strictObject(Selection.omit({ environments: true }).partial().shape)),
    fc.constantFrom('small', 'medium', 'large'),
    fc.dictionary(
      fc.constantFrom('staging', 'production'),
      valuesOf(Selection.shape.environments.valueType as z.ZodType, ''),
      { minKeys: 1 },
    ),
  )
  .map(([random, profile, environments]) => ({
    version: 1,
    name: 'chat',
    scheme: 'open-private',
    model: 'qwen3-32b',
    profile,
    ...random,
    environments,
  }));

export type Mutation = (text: string) => string;

/** What goes wrong in files: a line lost, doubled or changed, a value of another kind, a character replaced. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  onLine(() => []),
  onLine((before) => [before, before]),
  onLine((before) => [`${before}x`]),
  onLine((before) => [before.replace(/(\w)(\w)/, '$2$1')]),
  onLine((before) => [before.replace(/: .*/, ': [1, {}]')]),
  onLine((before) => [before.replace(/: .*/, ': {}')]),
  onLine((before) => [before.replace(/: .*/, ':')]),
  fc.tuple(fc.nat(2000), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 })).map(
    ([at, characters]): Mutation =>
      (text) => {
        const start = at % text.length;
        return text.slice(0, start) + characters + text.slice(start + 1);
      },
  ),
);

function onLine(edit: (line: string) => readonly string[]): fc.Arbitrary<Mutation> {
  return fc.nat(200).map((at) => (text) => {
    const lines = text.split('\n');
    const chosen = at % lines.length;
    return lines.flatMap((line, index) => (index === chosen ? edit(line) : [line])).join('\n');
  });
}
