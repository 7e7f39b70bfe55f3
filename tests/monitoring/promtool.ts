import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleGroup } from '../../src/monitoring/rule.js';
import { type Guard, openGuard } from '../cluster/guard.js';
import { ensurePrometheus } from '../cluster/prometheus.js';
import { createStateFolder, sweepStateFolders } from '../cluster/state-folder.js';
import type { PromtoolTests } from './scenario.js';

export interface Verdict {
  readonly ok: boolean;
  /** Everything that promtool said. */
  readonly output: string;
}

/** Prometheus' own tool, run under a guard: it ends with the tests, however they end. */
export interface Promtool {
  /** Reads the rules, and refuses two that are the same. */
  check(groups: readonly RuleGroup[]): Promise<Verdict>;
  /** Plays series against rules, which are evaluated every `everyMinutes`. */
  play(groups: readonly RuleGroup[], tests: PromtoolTests, everyMinutes?: number): Promise<Verdict>;
  close(): Promise<void>;
}

/** Finds or fetches promtool. No server is installed or started. */
export async function openPromtool(): Promise<Promtool> {
  sweepStateFolders();
  const { promtool } = await ensurePrometheus();
  const guard: Guard = openGuard(createStateFolder());
  let runs = 0;
  // JSON is YAML.
  const run = async (args: readonly string[], files: Readonly<Record<string, unknown>>): Promise<Verdict> => {
    const folder = mkdtempSync(join(guard.folder, 'promtool-'));
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(folder, name), JSON.stringify(content));
    runs += 1;
    const name = `promtool-${runs}`;
    guard.start(name, { command: promtool, args, cwd: folder });
    const { code } = await guard.exit(name);
    return { ok: code === 0, output: guard.log(name, 400) };
  };
  return {
    check: (groups) =>
      run(['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml'], { 'rules.yaml': { groups } }),
    play: (groups, tests, everyMinutes = 1) =>
      run(['test', 'rules', 'tests.yaml'], {
        'rules.yaml': { groups },
        'tests.yaml': { rule_files: ['rules.yaml'], evaluation_interval: `${everyMinutes}m`, tests },
      }),
    close: () => guard.close(),
  };
}
