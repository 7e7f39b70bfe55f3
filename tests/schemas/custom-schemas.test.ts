import { expect, it } from 'vitest';
import { strict } from './custom-schemas.js';
import { newAjv } from './kubernetes-schemas.js';
import { schemaProblems } from './validate.js';

const accepts = (schema: Record<string, unknown>, value: unknown) => newAjv().validate(strict(schema), value);

it.each([
  ['an unknown field', { type: 'object', properties: { a: { type: 'string' } } }, { b: 'x' }, false],
  [
    'an unknown field far below',
    { type: 'object', properties: { a: { type: 'array', items: { type: 'object', properties: {} } } } },
    { a: [{ b: 1 }] },
    false,
  ],
  ['any key of a map', { type: 'object', additionalProperties: { type: 'string' } }, { b: 'x' }, true],
  [
    'unknown fields where they are kept',
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    { b: 1 },
    true,
  ],
  [
    'a number or a text',
    { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
    '25%',
    true,
  ],
  ['a list where a number or a text stands', { 'x-kubernetes-int-or-string': true }, [], false],
  ['null where it is allowed', { type: 'string', nullable: true }, null, true],
  ['null where it is not', { type: 'string' }, null, false],
  ['a pattern as Go writes it', { type: 'string', pattern: '^(?i)(abort|warn)?$' }, 'WARN', true],
])('%s', (_, schema, value, accepted) => {
  expect(accepts(schema, value)).toBe(accepted);
});

it.each([
  [
    'a custom kind with a field of another type',
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      spec: { scaleTargetRef: { name: 'a' }, triggers: [{ type: 'cron', metadata: { desiredReplicas: 1 } }] },
    },
  ],
  [
    'a custom kind without a field that it needs',
    { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', spec: { triggers: [] } },
  ],
  [
    'a built-in kind with a number where a text stands',
    { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 1 } },
  ],
  ['a kind that nobody knows', { apiVersion: 'example.com/v1', kind: 'Widget' }],
  [
    'metadata that no object has',
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'a', owner: 'b' },
      spec: { secretName: 'a', issuerRef: { name: 'a' } },
    },
  ],
])('refuses %s', (_, object) => {
  expect(schemaProblems('1.36', { metadata: { name: 'a' }, ...object })).not.toEqual([]);
});
