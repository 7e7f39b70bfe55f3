import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { findEnvironments } from '../cluster/environments.js';
import { others, relocated } from './addresses.js';
import { BUILD, ensureEnvoy } from './install.js';

let envoy: string;
const folder = mkdtempSync(join(tmpdir(), 'berth-gateway-'));
beforeAll(async () => {
  envoy = await ensureEnvoy();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every ConfigMap of dist/ that configures a gateway or an egress proxy. */
const configs = findEnvironments().flatMap(({ id, objects }) =>
  objects
    .filter(({ kind, data }) => kind === 'ConfigMap' && data?.['envoy.yaml'] !== undefined)
    .map(({ metadata, data }) => ({ name: `${id} ${metadata.name}`, files: data as Record<string, string> })),
);

/** What the program itself says of a configuration. */
function validate(files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files))
    writeFileSync(join(folder, file), text.replaceAll('/etc/berth/', `${folder}/`));
  const { status, stderr, stdout } = spawnSync(
    envoy,
    ['--mode', 'validate', '-c', join(folder, 'envoy.yaml')],
    {
      encoding: 'utf8',
    },
  );
  return { ok: status === 0, says: stderr + stdout };
}

test('the program is the release that the manifests name', () => {
  const { stdout } = spawnSync(envoy, ['--version'], { encoding: 'utf8' });
  expect(stdout).toContain(BUILD);
});

describe.each(configs)('$name', ({ files }) => {
  test('is valid to the program as it stands', () => {
    expect(validate(files)).toMatchObject({ ok: true });
  });

  test('differs in nothing but addresses where tests start it', () => {
    const text = files['envoy.yaml'] ?? '';
    const here = {
      address: () => ({ address: '127.0.0.1', port_value: 1 }),
      path: (before: string) => `/elsewhere${before}`,
      admin: '@elsewhere',
    };
    expect(others(relocated(text, here))).toEqual(others(parse(text)));
  });

  test('writes nothing about work in progress when it starts', () => {
    expect(validate(files).says).not.toMatch(/work.in.progress|deprecated/i);
  });
});

describe('the program refuses', () => {
  const [one] = configs.filter(({ name }) => !name.endsWith('egress'));
  const broken = (change: (config: never) => void) => {
    const config = parse(one?.files['envoy.yaml'] ?? '');
    change(config as never);
    return validate({ ...one?.files, 'envoy.yaml': stringify(config) });
  };

  test('an unknown key', () => {
    const result = broken((config: { static_resources: { listeners: Record<string, unknown>[] } }) => {
      for (const listener of config.static_resources.listeners) listener.nobodyKnowsThis = true;
    });
    expect(result).toMatchObject({ ok: false, says: expect.stringContaining('nobodyKnowsThis') });
  });

  test('a cluster that is not there', () => {
    const result = broken((config: { static_resources: { clusters: { name: string }[] } }) => {
      config.static_resources.clusters = config.static_resources.clusters.filter(
        ({ name }) => name === 'admin',
      );
    });
    expect(result.ok).toBe(false);
  });

  test('a mistake in the Lua', () => {
    const text = (one?.files['envoy.yaml'] ?? '').replace('local bit = require', 'local bit == require');
    expect(validate({ ...one?.files, 'envoy.yaml': text }).ok).toBe(false);
  });
});

test('no key of a provider is in any manifest of dist', () => {
  for (const { objects } of findEnvironments())
    expect(objects.filter(({ kind, data }) => kind === 'Secret' && data)).toEqual([]);
  expect(
    readdirSync(folder).every((file) => !readFileSync(join(folder, file), 'utf8').includes('BEGIN')),
  ).toBe(true);
  expect(configs.length).toBeGreaterThan(0);
});
