import { openGuard } from '../cluster/guard.js';
import { createStateFolder } from '../cluster/state-folder.js';

/** One command of an installation. */
export interface Step {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the runner's environment; '' unsets what Python reads. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs commands one after the other under a guard, so that none outlives the runner; prints each with its time.
 * @throws with the end of its output where one fails or takes longer than ten minutes
 */
export async function runSteps(name: string, steps: readonly Step[]): Promise<void> {
  const guard = openGuard(createStateFolder());
  try {
    for (const { what, command, args, env } of steps) {
      const start = Date.now();
      guard.start('step', { command, args, env: { TMPDIR: guard.folder, ...env } });
      const timeout = setTimeout(() => void guard.kill('step'), 600_000);
      const { code } = await guard.exit('step');
      clearTimeout(timeout);
      const seconds = ((Date.now() - start) / 1000).toFixed(0);
      if (code !== 0) throw new Error(`${name}: ${what} failed after ${seconds} s\n${guard.log('step', 30)}`);
      console.log(`${name}: ${what}, ${seconds} s`);
    }
  } finally {
    await guard.close();
  }
}
