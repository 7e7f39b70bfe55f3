import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { packageRoot } from '../../src/catalog/package-root.js';

const catalog = openCatalog(undefined);

test('every table on disk is a version, and its own exact answer', () => {
  const onDisk = readdirSync(join(packageRoot(), 'profiles/engines')).filter((name) =>
    name.endsWith('.json'),
  );
  expect(onDisk.map((name) => name.replace(/^vllm-|\.json$/g, '')).sort()).toEqual(
    [...catalog.engineVersions()].sort(),
  );
  for (const version of catalog.engineVersions()) {
    const found = catalog.engine(version);
    expect(found?.exact, version).toBe(true);
    expect(found?.table.version).toBe(version);
    expect(found?.table.serve.flags.length, version).toBeGreaterThan(200);
  }
});

test('versions go from old to new', () => {
  expect(catalog.engineVersions()[0]).toBe('0.19.1');
  expect(catalog.engineVersions().at(-1)).toBe('0.33.0');
});

test.each([
  ['0.32.0', '0.32.0', true],
  // No earlier patch of the minor: the nearest later one.
  ['0.19.0', '0.19.1', false],
  // A later patch that nobody has read: the nearest earlier one.
  ['0.32.7', '0.32.0', false],
])('version %s reads the table of %s', (asked, table, exact) => {
  expect(catalog.engine(asked)?.table.version).toBe(table);
  expect(catalog.engine(asked)?.exact).toBe(exact);
});

test.each(['0.18.0', '0.34.0', '1.32.0', 'latest', ''])('no table stands for %s', (version) => {
  expect(catalog.engine(version)).toBeUndefined();
});

test('the default version has its own table, and the port is the one its parser says', () => {
  const { engineFamily } = catalog;
  const table = catalog.engine(engineFamily.defaultVersion)?.table;
  expect(table?.version).toBe(engineFamily.defaultVersion);
  expect(table?.serve.flags.find(({ name }) => name === '--port')?.default).toBe(engineFamily.port);
});

test('no table holds a value that its reader machine set', () => {
  const values = readdirSync('profiles/engines')
    .filter((file) => file.endsWith('.json'))
    .flatMap(
      (file) =>
        readFileSync(`profiles/engines/${file}`, 'utf8').match(/"value":"\/[^"]*"|\$WORK|site-packages\//g) ??
        [],
    );
  expect(new Set(values)).toEqual(new Set(['"value":"/tmp"']));
});
