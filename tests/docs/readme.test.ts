import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeBlocks, commandsOf, matches } from './code-blocks.js';

const root = join(import.meta.dirname, '..', '..');
const blocks = codeBlocks(join(root, 'README.md'));
const project = mkdtempSync(join(tmpdir(), 'berth-readme-'));
mkdirSync(join(project, 'selections'));
writeFileSync(join(project, 'cdk8s.yaml'), 'language: typescript\n');
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Files that the page shows, by the name in their first comment. */
for (const { language, text } of blocks) {
  const name = language === 'yaml' && /^# (selections\/\S+)/.exec(text)?.[1];
  if (name) writeFileSync(join(project, name), text);
}

function run(command: string): string {
  const words = command.split(' ').filter((word) => word !== 'npx' && word !== 'berth');
  const { stdout, stderr, error } = spawnSync(process.execPath, [join(root, 'bin', 'berth.js'), ...words], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (error) throw error;
  return stdout + stderr;
}

describe('the README', () => {
  it.each(blocks.filter(({ language }) => language === 'console'))(
    'shows what its commands print, line $line',
    (block) => {
      for (const { command, output } of commandsOf(block)) {
        const printed = run(command);
        expect(matches(output, printed), `${command} printed:\n${printed}`).toBe(true);
      }
    },
  );

  it('names only commands of this package in its shell blocks; the layer `clone` runs them', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const lines = blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ text }) => text.trim().split('\n'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(line === 'npm ci' || line.replace('npm run ', '') in scripts, line).toBe(true);
  });

  it('links to files that exist', () => {
    const targets = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\(([^)#]+)\)/g)].map(
      (match) => match[1] ?? '',
    );
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });

  it('has no block of another kind that nothing runs; the layers `library` and `newcomer` run chart and bash', () => {
    expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual([
      'bash',
      'console',
      'sh',
      'ts',
      'yaml',
    ]);
  });
});
