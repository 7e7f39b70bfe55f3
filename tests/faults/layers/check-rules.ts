import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/inspect/types.js';

/** What `promtool check rules` says of the rules of these objects, one line an object. */
export function ruleProblems(program: string, objects: readonly KubernetesObject[]): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec, metadata }) => {
      const folder = mkdtempSync(join(tmpdir(), 'berth-rules-'));
      try {
        const file = join(folder, 'rules.json');
        writeFileSync(file, JSON.stringify(spec));
        const { status, stdout, stderr } = spawnSync(program, ['check', 'rules', file], { encoding: 'utf8' });
        if (status === 0) return [];
        const said = `${stdout}${stderr}`.replaceAll(file, 'rules').replaceAll(/\s+/g, ' ').trim();
        return [`PrometheusRule/${metadata.name}: ${said}`];
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
}

/** `promtool 2.42.0` */
export function promtoolVersion(program: string): string {
  const text = execFileSync(program, ['--version'], { encoding: 'utf8' });
  return `promtool ${/version (\S+)/.exec(text)?.[1] ?? 'of unknown version'}`;
}
