import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { openGuard } from './guard.js';
import { type CopiedPackage, writeOverlay } from './overlay.js';
import { createStateFolder } from './state-folder.js';

export interface GoBuildProps {
  /** For messages. */
  readonly what: string;
  /** Folder of the Go module. */
  readonly module: string;
  readonly modFile: string;
  readonly copies: readonly CopiedPackage[];
  /** Arguments after `go build`, one list a program. */
  readonly builds: readonly (readonly string[])[];
  /** Folder that the programs go to; renamed to the name without `.part-<pid>` when all is there. */
  readonly target: string;
  /** Called before the renaming. @default nothing */
  readonly finish?: () => void;
}

/** Compiles programs with Go in a guarded process: killed with the runner, progress once a minute. */
export async function goBuild({
  what,
  module,
  modFile,
  copies,
  builds,
  target,
  finish,
}: GoBuildProps): Promise<void> {
  requireTool('go', ['version']);
  const start = Date.now();
  console.log(`proving ground: building ${what} with Go, once; 5 to 15 minutes on two cores`);
  const guard = openGuard(createStateFolder());
  const progress = setInterval(
    () => console.log(`proving ground: still building ${what}, ${elapsed(start)}`),
    60_000,
  );
  try {
    mkdirSync(target, { recursive: true });
    const replaced = writeOverlay(guard.folder, module, modFile, copies);
    // The same flags every time: others would compile all 2800 packages again.
    const flags = ['-mod=readonly', `-modfile=${modFile}`, '-trimpath', `-overlay=${replaced}`];
    for (const args of builds) {
      guard.start('go', {
        command: 'go',
        args: ['build', ...flags, ...args],
        cwd: module,
        env: { GOFLAGS: '-buildvcs=false', GOWORK: 'off', TMPDIR: guard.folder },
      });
      const { code } = await guard.exit('go');
      if (code !== 0) throw new Error(`building ${what} failed:\n${guard.log('go', 40)}`);
    }
    finish?.();
    renameSync(target, target.replace(/\.part-\d+$/, ''));
    console.log(`proving ground: built ${what} in ${elapsed(start)}`);
  } finally {
    clearInterval(progress);
    await guard.close();
  }
}

/** @throws with the tool's name where it is not on the PATH */
export function requireTool(tool: string, args: readonly string[]): void {
  try {
    execFileSync(tool, args, { stdio: 'ignore' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error(`${tool} is not on the PATH`);
    throw error;
  }
}

function elapsed(start: number): string {
  const seconds = Math.round((Date.now() - start) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
