import { describe, expect, test } from 'vitest';
import { type Layer, mergeLayers } from '../../src/selection/merge.js';
import type { Origin } from '../../src/selection/resolved.js';

const layer = (from: Origin, values: Record<string, unknown>, detail?: string): Layer => ({
  from,
  values,
  ...(detail !== undefined && { detail }),
});

describe('two layers', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
    ['the stronger value wins', { a: 1 }, { a: 2 }, { a: 2 }],
    ['maps merge', { a: { b: 1, c: 1 } }, { a: { c: 2, d: 2 } }, { a: { b: 1, c: 2, d: 2 } }],
    ['lists replace', { a: [1, 2, 3] }, { a: [4] }, { a: [4] }],
    ['an empty list replaces', { a: [1] }, { a: [] }, { a: [] }],
    ['null removes', { a: 1, b: 1 }, { a: null }, { b: 1 }],
    ['null removes a whole map', { a: { b: 1 } }, { a: null }, {}],
    ['null removes within a map', { a: { b: 1, c: 1 } }, { a: { b: null } }, { a: { c: 1 } }],
    ['null removes nothing where nothing is', {}, { a: { b: null } }, { a: {} }],
    ['undefined says nothing', { a: 1 }, { a: undefined }, { a: 1 }],
    ['false and zero are values', { a: true, b: 1 }, { a: false, b: 0 }, { a: false, b: 0 }],
    ['a map replaces a text', { a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a text replaces a map', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
    [
      'a reference to a secret is one thing',
      { token: { secretRef: { name: 'a', key: 'b' } } },
      { token: { secretRef: { store: 'c', remoteKey: 'd' } } },
      { token: { secretRef: { store: 'c', remoteKey: 'd' } } },
    ],
    ['a key of the language is a key', {}, { constructor: { a: 1 } }, { constructor: { a: 1 } }],
  ])('%s', (_, weaker, stronger, expected) => {
    const { values } = mergeLayers([layer('selection', weaker), layer('environment', stronger)]);
    expect(values).toEqual(expected);
  });
});

test('each origin beats those before it, and each value names its own', () => {
  const layers: Layer[] = [
    layer('catalogue', { a: 1, b: 1, c: 1, d: 1 }, 'm'),
    layer('sizing profile', { b: 2, c: 2, d: 2 }, 'medium'),
    layer('selection', { c: 3, d: 3 }),
    layer('environment', { d: 4 }),
  ];
  expect(mergeLayers(layers).settings).toEqual([
    { key: 'a', value: 1, from: 'catalogue', detail: 'm' },
    { key: 'b', value: 2, from: 'sizing profile', detail: 'medium' },
    { key: 'c', value: 3, from: 'selection' },
    { key: 'd', value: 4, from: 'environment' },
  ]);
});

test('settings name each value of a map by its dotted key, and a list as a whole', () => {
  const { settings } = mergeLayers([layer('selection', { a: { b: { c: [1, { d: 2 }] } } })]);
  expect(settings).toEqual([{ key: 'a.b.c', value: [1, { d: 2 }], from: 'selection' }]);
});

test('a value set again after null counts anew: nothing of the old map stays', () => {
  const layers = [
    layer('sizing profile', { a: { b: 1 } }),
    layer('selection', { a: null }),
    layer('environment', { a: { c: 2 } }),
  ];
  expect(mergeLayers(layers).values).toEqual({ a: { c: 2 } });
});

test('a fallback fills what is absent or was removed, and nothing else', () => {
  const layers = [layer('selection', { a: { b: 1, c: 1 } }), layer('environment', { a: { c: null }, f: 1 })];
  const fallback = layer('berth default', { a: { b: 9, c: 9 }, e: [], f: { g: 9 } });
  const { values, settings } = mergeLayers(layers, [fallback]);
  expect(values).toEqual({ a: { b: 1, c: 9 }, e: [], f: 1 });
  expect(settings.filter(({ from }) => from === 'berth default').map(({ key }) => key)).toEqual(['a.c', 'e']);
});
