import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CatalogKind, openCatalog } from '../../src/catalog/catalog.js';
import { packageRoot } from '../../src/catalog/package-root.js';

const catalog = openCatalog(undefined);
const kinds: [CatalogKind, number][] = [
  ['models', 109],
  ['accelerators', 59],
  ['licences', 30],
  ['sizing', 4],
  ['clusters', 16],
  ['providers', 20],
  ['translators', 2],
];

test.each(kinds)('the ids of %s are the files on disk', (kind, count) => {
  const names = readdirSync(join(packageRoot(), 'profiles', kind)).filter((name) => name.endsWith('.yaml'));
  expect(names.map((name) => name.replace(/\.yaml$/, '')).sort()).toEqual([...catalog.ids(kind)]);
  expect(names.length).toBeGreaterThanOrEqual(count);
});

describe.each(catalog.ids('models'))('model %s', (id) => {
  const model = catalog.model(id);
  if (model === undefined) throw new Error(`${id} is not read`);

  test('names a licence and successors that exist', () => {
    expect(catalog.licence(model.licence)).toBeDefined();
    for (const successor of model.successors) expect(catalog.ids('models')).toContain(successor);
  });

  test('has groups that sum to its layers', () => {
    const { layers, layerGroups } = model.architecture;
    const sum = layerGroups?.reduce((total, group) => total + group.layers, 0) ?? layers;
    expect(sum).toBe(layers);
  });

  test('has parsers that the default engine knows', () => {
    const table = catalog.engine(catalog.engineFamily.defaultVersion)?.table;
    const { toolCallParser, reasoningParser } = model.serving;
    if (toolCallParser) expect(table?.tool_call_parsers).toContain(toolCallParser);
    if (reasoningParser) expect(table?.reasoning_parsers).toContain(reasoningParser);
  });

  test('puts the maker’s own checkpoint first', () => {
    expect(model.checkpoints[0]?.publisher).toBe('vendor');
    expect(model.context.suggested).toBeLessThanOrEqual(model.context.max);
  });

  test('says what is not verified where it holds something unconfirmed', () => {
    const loose =
      model.checkpoints.some((checkpoint) => checkpoint.notVerified) || model.parameters.total === null;
    expect(loose && model.notVerified.length === 0).toBe(false);
    if (!model.architecture.kvCacheModelled) expect(model.notes.join(' ')).toMatch(/KV cache/);
  });
});

test.each(catalog.ids('accelerators'))(
  'accelerator %s has memory that sizes can use, or says that nobody measured it',
  (id) => {
    const entry = catalog.accelerator(id);
    const { runtimeGib, driverMib, marketedGb, runtimeSource } = entry?.memory ?? {};
    if (runtimeGib && driverMib) expect(runtimeGib).toBeLessThan(driverMib / 1024);
    if (runtimeGib) {
      expect(runtimeGib).toBeLessThan((marketedGb ?? 0) * 1.001);
      expect(runtimeSource).toBeTruthy();
    } else {
      expect(entry?.notVerified.length).toBeGreaterThan(0);
    }
  },
);

test.each(catalog.ids('licences'))('licence %s names its source, and conditions where it has some', (id) => {
  const licence = catalog.licence(id);
  expect(licence?.source).toBeTruthy();
  if (licence?.commercialUse === 'conditional') expect(licence.conditions.length).toBeGreaterThan(0);
});

test.each(catalog.ids('sizing'))('sizing profile %s names an accelerator that exists', (id) => {
  const profile = catalog.sizingProfile(id);
  expect(catalog.accelerator(profile?.accelerator ?? '')).toBeDefined();
  expect(profile?.replicas.min).toBeLessThanOrEqual(profile?.replicas.max ?? 0);
});

test('no entry carries a path of the machine it was made on', () => {
  const text = JSON.stringify(
    kinds.map(([kind]) =>
      catalog
        .ids(kind)
        .map((id) => [
          catalog.model(id),
          catalog.accelerator(id),
          catalog.clusterKind(id),
          catalog.provider(id),
        ]),
    ),
  );
  expect(text).not.toMatch(/\/work\/|\/tmp\/|\/root\//);
});
