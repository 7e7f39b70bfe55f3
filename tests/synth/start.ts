import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ran } from '../cli/run.js';
import { compiled, repository } from './compiled.js';

/** What the preloaded hook is to do; see fs-hook.mjs. */
export interface Hook {
  readonly root: string;
  readonly counter: string;
  readonly at?: number;
  readonly act: 'kill' | 'snapshot' | 'ENOSPC' | 'EROFS' | 'EIO';
  readonly snapshots?: string;
}

/** `berth` or `cdk8s`, as a user starts them, in a project whose cdk8s.yaml names the compiled app. */
export const COMMANDS = {
  berth: () => [join(compiled(), 'bin', 'berth.js'), 'synth'],
  cdk8s: () => [join(repository, 'node_modules', '.bin', 'cdk8s'), 'synth'],
} as const;

/** The project file that makes `cdk8s synth` run the compiled app. */
export function cdk8sYaml(): string {
  return `language: typescript\napp: node ${join(compiled(), 'bin', 'app.js')}\noutput: .berth/synth\n`;
}

/** Starts a program of Node in a process group of its own and waits for its end; killed: -1. */
export function start(
  cwd: string,
  words: readonly string[],
  hook?: Hook,
  env: NodeJS.ProcessEnv = {},
  uid?: number,
): Promise<Ran> {
  const preload = pathToFileURL(join(import.meta.dirname, 'fs-hook.mjs')).href;
  const hooked = { BERTH_FS_HOOK: JSON.stringify(hook), NODE_OPTIONS: `--import ${preload}` };
  const child = spawn(process.execPath, [...words], {
    cwd,
    detached: true,
    ...(uid !== undefined && { uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NO_COLOR: '1', ...(hook && hooked), ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, ...said }));
  });
}
