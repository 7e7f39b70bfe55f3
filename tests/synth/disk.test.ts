import { chmodSync, chownSync, cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { berth } from '../cli/run.js';
import { scratchProject } from '../selection/scratch.js';
import { COMMANDS, cdk8sYaml, start } from './start.js';
import { filesBelow, toySelection } from './toy-project.js';

const NOBODY = 65534;

/** A project whose dist is about to change. */
async function project() {
  const { root: scratch, write } = scratchProject();
  const root = join(scratch, 'project');
  write('project/cdk8s.yaml', cdk8sYaml());
  write('project/selections/chat.yaml', toySelection('chat'));
  expect((await berth(root, 'synth')).code).toBe(0);
  write('project/selections/chat.yaml', toySelection('chat').replace('8192', '4096'));
  return { scratch, root, before: filesBelow(join(root, 'dist')) };
}

test.each([
  // A spread over lock, staging and journal; the kill test goes through every call.
  ['ENOSPC', [1, 5, 9, 14, 20]],
  ['EROFS', [1]],
  ['EIO', [11]],
] as const)(
  '%s at a call before the change is decided leaves dist as it was, with an error in words',
  async (act, calls) => {
    const { scratch, root, before } = await project();
    for (const at of calls) {
      const copy = join(scratch, `${act}-${at}`);
      cpSync(root, copy, { recursive: true });
      const ran = await start(copy, COMMANDS.berth(), { root: copy, counter: `${copy}.count`, at, act });
      expect(ran.code, `call ${at}: ${ran.stderr}`).toBe(1);
      expect(ran.stderr).toContain('dist/ cannot be written; nothing was changed');
      expect(ran.stderr).toContain(`(${act})`);
      expect(ran.stderr).not.toMatch(/^\s+at /m);
      expect(filesBelow(join(copy, 'dist'))).toEqual(before);
      expect((await berth(copy, 'synth')).code).toBe(0);
      expect(readdirSync(join(copy, '.berth')).filter((name) => !name.startsWith('lock.'))).toEqual([]);
    }
  },
  180_000,
);

test('without the right to write, dist stays as it was and the folder is named', async () => {
  const { root, before } = await project();
  chmodSync(join(root, 'dist', 'chat', 'production'), 0o555);
  chmodSync(join(root, '..'), 0o755);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) for (const path of ['.', ...tree(root)]) chownSync(join(root, path), NOBODY, NOBODY);
  const ran = await start(root, COMMANDS.berth(), undefined, {}, isRoot ? NOBODY : undefined);
  expect(ran.code, ran.stderr).toBe(1);
  expect(ran.stderr).toMatch(/dist\/chat\/production: permission is missing \(EACCES\)/);
  chmodSync(join(root, 'dist', 'chat', 'production'), 0o755);
  expect(filesBelow(join(root, 'dist'))).toEqual(before);
}, 60_000);

function tree(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((path) =>
    statSync(join(folder, path)),
  );
}
