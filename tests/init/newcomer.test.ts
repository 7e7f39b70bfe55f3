import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Key } from '../../src/cli/init/answers.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import { codeBlocks } from '../docs/code-blocks.js';
import { KUBERNETES_VERSIONS } from '../schemas/kubernetes-schemas.js';
import { schemaProblems } from '../schemas/validate.js';
import { answer } from './answer.js';
import { registryWith } from './registry.js';
import { KEYS, terminal } from './terminal.js';

const root = join(import.meta.dirname, '..', '..');
const home = mkdtempSync(join(tmpdir(), 'berth-newcomer-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const { enter, down } = KEYS;
/** Answers of somebody who takes what is offered. */
const script: readonly [Key, string][] = [
  ['name', enter],
  ['country', `DE${enter}`],
  ['classification', enter],
  ['audience', enter],
  ['aiEngineers', `2${enter}`],
  ['need', enter],
  ['concurrentUsers', enter],
  ['accelerator', `${down}${enter}`],
  ['gpusPerNode', enter],
  ['nodes', enter],
  ['model', enter],
  ['capabilities', enter],
];

describe('a newcomer with the README and nothing else', () => {
  const blocks = codeBlocks(join(root, 'README.md')).filter(({ language }) => language === 'bash');
  const commands = (blocks[0]?.text ?? '').trim().split('\n');

  it('comes from an empty folder to manifests that strict schemas accept', async () => {
    expect(blocks).toHaveLength(1);
    const registry = await registryWith(home);
    try {
      const at = terminal(home, `set -e; ${commands.join('; ')}`, {
        ...process.env,
        LANG: 'C.UTF-8',
        LC_ALL: 'C.UTF-8',
        npm_config_registry: registry.url,
        npm_config_prefer_offline: 'true',
        npm_config_audit: 'false',
        npm_config_fund: 'false',
        npm_config_update_notifier: 'false',
      });
      await answer(at, 'en', script);
      const { code, screen } = await at.end;
      expect(code, screen).toBe(0);
    } finally {
      registry.close();
    }
    const [project = ''] = readdirSync(home).filter((name) => existsSync(join(home, name, 'cdk8s.yaml')));
    const [selection = ''] = readdirSync(join(home, project, 'dist'));
    const folder = join(home, project, 'dist', selection, 'production');
    const before = readFileSync(join(folder, 'kustomization.yaml'), 'utf8');
    const cdk8s = spawnSync('npx', ['cdk8s', 'synth', '--check-upgrade=false'], {
      cwd: join(home, project),
      encoding: 'utf8',
    });
    expect(cdk8s.status, cdk8s.stderr).toBe(0);
    expect(cdk8s.stderr).toContain('0 files changed');
    expect(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')).toBe(before);
    const objects = readdirSync(folder)
      .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
      .map((file): KubernetesObject => parse(readFileSync(join(folder, file), 'utf8')));
    expect(objects.length).toBeGreaterThan(8);
    for (const version of KUBERNETES_VERSIONS)
      expect(objects.flatMap((object) => schemaProblems(version, object))).toEqual([]);
    const schema = /\$schema=(\S+)/.exec(
      readFileSync(join(home, project, 'selections', `${selection}.yaml`), 'utf8'),
    )?.[1];
    expect(existsSync(join(home, project, 'selections', schema ?? ''))).toBe(true);
  });
});
