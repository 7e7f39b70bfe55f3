import { spawnSync } from 'node:child_process';

/** Output of a scanner; a finding makes it exit with a code of its own, which is not a failure to run. */
export function runScanner(program: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 300_000,
  });
  if (error) throw error;
  if (status === null || stdout === '')
    throw new Error(`${program} ${args.join(' ')} said nothing: ${stderr.slice(-2000)}`);
  return stdout;
}
