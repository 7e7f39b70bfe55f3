import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { berth } from '../cli/run.js';
import { scratchProject } from '../selection/scratch.js';
import { compiled, repository } from './compiled.js';
import { NODE_VERSIONS, nodeBinary } from './node-binary.js';
import { COMMANDS, cdk8sYaml, start } from './start.js';
import { filesBelow } from './toy-project.js';

const { root, write } = scratchProject();
const dist = () => filesBelow(join(root, 'dist'));
let expected: Record<string, string>;

/** The worked example with the most objects, in a project of its own. */
beforeAll(async () => {
  write('cdk8s.yaml', cdk8sYaml());
  mkdirSync(join(root, 'selections'));
  cpSync(join(repository, 'clusters'), join(root, 'clusters'), { recursive: true });
  const example = 'selections/fault-diagnosis.yaml';
  cpSync(join(repository, example), join(root, example));
  const { code, stderr } = await berth(root, 'synth');
  expect(code, stderr).toBe(0);
  expected = dist();
  expect(Object.keys(expected).length).toBeGreaterThan(30);
}, 60_000);

async function synthesized(
  env: NodeJS.ProcessEnv,
  words: readonly string[] = COMMANDS.berth(),
  cwd = root,
): Promise<Record<string, string>> {
  rmSync(join(root, 'dist'), { recursive: true });
  expect(await start(cwd, words, undefined, env)).toMatchObject({ code: 0 });
  return dist();
}

describe('the bytes are the same', { timeout: 60_000 }, () => {
  test('in another time zone and locale, whatever the shell says to cdk8s', async () => {
    const env = { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'ar_EG.UTF-8', CDK8S_DISABLE_SORT: '' };
    expect(await synthesized(env)).toEqual(expected);
    expect(await synthesized({ ...env, TZ: 'Pacific/Kiritimati', CDK8S_DISABLE_SORT: 'yes' })).toEqual(
      expected,
    );
  });

  test('two years later', async () => {
    expect(await synthesized({}, [...COMMANDS.berth(), '--as-of', '2028-11-25'])).toEqual(expected);
  });

  test('from another working directory', async () => {
    expect(await synthesized({}, COMMANDS.berth(), join(root, 'selections'))).toEqual(expected);
  });

  test('under another umask, files and folders with the same modes', async () => {
    const before = process.umask(0o077);
    try {
      expect(await synthesized({})).toEqual(expected);
    } finally {
      process.umask(before);
    }
    const { stdout } = spawnSync('find', [join(root, 'dist'), '-printf', '%y%m\\n'], { encoding: 'utf8' });
    expect([...new Set(stdout.trim().split('\n'))].sort()).toEqual(['d755', 'f644']);
  });

  test('through cdk8s synth', async () => {
    expect(await synthesized({}, COMMANDS.cdk8s())).toEqual(expected);
  });

  test.for(NODE_VERSIONS)('on Node %s', { timeout: 300_000 }, (version, { skip }) => {
    const binary = process.version === `v${version}` ? process.execPath : nodeBinary(version);
    if (binary === undefined) return skip(`Node ${version} is neither in the cache nor on the registry`);
    rmSync(join(root, 'dist'), { recursive: true });
    const berthJs = join(compiled(), 'bin', 'berth.js');
    const { status, stderr } = spawnSync(binary, [berthJs, 'synth'], { cwd: root, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(dist()).toEqual(expected);
    const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
    expect(stdout.trim()).toBe(`v${version}`);
  });
});
