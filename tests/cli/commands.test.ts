import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchProject } from '../selection/scratch.js';
import { berth } from './run.js';

const cluster =
  '{ kubernetes: "1.36", accelerator: l4, gpusPerNode: 1, nodes: 1, capabilities: [network-policy, prometheus-operator] }';

function selection(name: string, more = ''): string {
  return `version: 1
name: ${name}
scheme: open-private
model: qwen3-4b
profile: edge
engine: { gpuMemoryUtilization: 0.9 }
environments:
  staging: { cluster: ${cluster} }
  production: { cluster: ${cluster}, sizing: { context: 8192 } }
${more}`;
}

/** A project with two selections, written to dist/ once. */
async function project() {
  const { root, write } = scratchProject();
  write('selections/chat.yaml', selection('chat'));
  write('selections/code.yaml', selection('code'));
  const first = await berth(root, 'synth');
  expect(first.code, first.stderr).toBe(0);
  return { root, write };
}

describe('berth synth', () => {
  it('leaves unchanged files untouched, and other selections alone in a partial synth', async () => {
    const { root, write } = await project();
    const deployment = join(root, 'dist/chat/staging/deployment-server.yaml');
    const before = statSync(deployment).mtimeMs;
    write('selections/chat.yaml', selection('chat').replace('context: 8192', 'context: 4096'));
    write('selections/code.yaml', selection('code').replace('context: 8192', 'context: 2048'));
    expect((await berth(root, 'synth', 'chat')).code).toBe(0);
    expect(statSync(deployment).mtimeMs).toBe(before);
    expect(readFileSync(join(root, 'dist/chat/production/deployment-server.yaml'), 'utf8')).toContain(
      '"4096"',
    );
    expect(readFileSync(join(root, 'dist/code/production/deployment-server.yaml'), 'utf8')).toContain(
      '"8192"',
    );
  });

  it('removes what a selection no longer says', async () => {
    const { root } = await project();
    rmSync(join(root, 'selections/code.yaml'));
    expect((await berth(root, 'synth')).code).toBe(0);
    expect(existsSync(join(root, 'dist/code'))).toBe(false);
    expect(existsSync(join(root, 'dist/chat/staging/PLAN.md'))).toBe(true);
  });

  it('writes nothing where one selection fails, and the good ones with --keep-going', async () => {
    const { root, write } = await project();
    write('selections/chat.yaml', selection('chat').replace('context: 8192', 'context: 4096'));
    write('selections/code.yaml', selection('code').replace('qwen3-4b', 'llama-4-scout'));
    const page = () => readFileSync(join(root, 'dist/chat/production/PLAN.md'), 'utf8');
    const failed = await berth(root, 'synth');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('fit/weights');
    expect(page()).toContain('8,192 tokens a request');
    expect((await berth(root, 'synth', '--keep-going')).code).toBe(1);
    expect(page()).toContain('4,096 tokens a request');
  });

  it('--check says what would change and exits 1', async () => {
    const { root, write } = await project();
    expect((await berth(root, 'synth', '--check')).code).toBe(0);
    write('selections/chat.yaml', selection('chat').replace('context: 8192', 'context: 4096'));
    const { code, stdout, stderr } = await berth(root, 'synth', '--check');
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('chat/production');
    expect(stdout + stderr).not.toContain('code/production');
  });

  it('lets a valid waiver accept an error and an expired one not', async () => {
    const { root, write } = await project();
    const waived = (until: string) =>
      selection(
        'chat',
        `requireLocked: true\nwaivers:\n${['image/digest-unknown', 'model/revision-unknown'].map((check) => `  - { check: ${check}, reason: air gap, by: ops, until: "${until}" }\n`).join('')}`,
      );
    write('selections/chat.yaml', waived('2027-01-01'));
    expect((await berth(root, 'synth', 'chat', '--as-of', '2026-11-25')).code).toBe(0);
    const late = await berth(root, 'synth', 'chat', '--as-of', '2027-01-02');
    expect(late.code).toBe(1);
    expect(late.stderr).toContain('image/digest-unknown');
    expect(readFileSync(join(root, 'dist/chat/staging/PLAN.md'), 'utf8')).toContain('valid until 2027-01-01');
  });
});

describe('berth diff', () => {
  it('names exactly the objects that a one-line change changes', async () => {
    const { root, write } = await project();
    write('selections/chat.yaml', selection('chat').replace('context: 8192', 'context: 4096'));
    const { code, stdout } = await berth(root, 'diff', '--json');
    expect(code).toBe(0);
    const { objects } = JSON.parse(stdout) as { objects: { kind: string; name: string }[] };
    expect(objects.map(({ kind, name }) => `${kind}/${name}`)).toEqual(['Deployment/server']);
  });

  it('says nothing where nothing changes', async () => {
    const { root } = await project();
    const { objects } = JSON.parse((await berth(root, 'diff', '--json')).stdout) as { objects: unknown[] };
    expect(objects).toEqual([]);
  });
});

describe('berth plan', () => {
  it('prints the plan as JSON and writes nothing', async () => {
    const { root, write } = scratchProject();
    write('selections/chat.yaml', selection('chat'));
    const { code, stdout } = await berth(root, 'plan', 'chat', '-e', 'staging', '--json');
    expect(code).toBe(0);
    expect(stdout).toContain('"planVersion": 1');
    expect(stdout).not.toContain('"environment": "production"');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });
});

describe('berth list and explain', () => {
  it.each(['models', 'accelerators', 'engines', 'profiles', 'licences', 'schemes', 'checks'])(
    'lists %s',
    async (kind) => {
      const { root } = scratchProject();
      const { code, stdout } = await berth(root, 'list', kind);
      expect(code).toBe(0);
      expect(stdout.split('\n').length).toBeGreaterThan(1);
    },
  );

  it.each(['qwen3-32b', 'h100-sxm', 'fit/kv-cache', 'shutdown/drain', 'apache-2.0'])(
    'explains %s with its sources',
    async (id) => {
      const { root } = scratchProject();
      const { code, stdout } = await berth(root, 'explain', id);
      expect(code).toBe(0);
      expect(stdout).toMatch(/source/);
    },
  );
});

describe('mistakes on the command line', () => {
  it.each([
    { words: ['lisst'], says: 'list' },
    { words: ['explain', 'qwen3-32'], says: 'qwen3-32b' },
    { words: ['synth', 'chatt'], says: 'chat' },
    { words: ['synth', '-e', 'prod'], says: 'production' },
    { words: ['synth', '--as-of', 'tomorrow'], says: 'tomorrow' },
  ])('$words is refused with exit code 1 and a hint', async ({ words, says }) => {
    const { root, write } = scratchProject();
    write('selections/chat.yaml', selection('chat'));
    const { code, stderr } = await berth(root, ...words);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('dist being a file is named, and the file is kept', async () => {
    const { root, write } = scratchProject();
    write('selections/chat.yaml', selection('chat'));
    writeFileSync(join(root, 'dist'), 'mine');
    const { code, stderr } = await berth(root, 'synth');
    expect(code).toBe(1);
    expect(stderr).toContain('dist');
    expect(readFileSync(join(root, 'dist'), 'utf8')).toBe('mine');
  });

  it('five mistakes of one file are five lines, with their fixes, and nothing is written', async () => {
    const { root, write } = scratchProject();
    write(
      'selections/chat.yaml',
      selection('Chat')
        .replace('open-private', 'open-privat')
        .replace('qwen3-4b', 'qwen3-4bb')
        .replace('profile: edge', 'profile: egde')
        .replace('context: 8192', 'contxt: 8192'),
    );
    const { code, stderr } = await berth(root, 'synth');
    expect(code).toBe(1);
    for (const text of [
      "found 'Chat'",
      'did you mean open-private?',
      'qwen3-4b',
      'did you mean edge?',
      'did you mean context?',
    ])
      expect(stderr).toContain(text);
    expect(stderr.match(/^ {2}\d+:\d+ /gm)).toHaveLength(5);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });
});
