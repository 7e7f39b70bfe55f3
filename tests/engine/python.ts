import { execFileSync } from 'node:child_process';

/** Newest last: the engine's build asks for Python 3.11 or newer, and its pins were resolved with 3.11. */
const CANDIDATES = ['python3.11', 'python3.12', 'python3.13', 'python3'];
const PROBE = 'import ensurepip, sys, venv; print(*sys.version_info[:2], sep=".")';

export interface Python {
  readonly command: string;
  /** Major and minor, e.g. `3.11`. */
  readonly version: string;
}

/** The first interpreter on the PATH that can make the engine's environment; undefined where there is none. */
export function findPython(): Python | undefined {
  for (const command of CANDIDATES) {
    const version = versionOf(command);
    if (version !== undefined && /^3\.1[1-3]$/.test(version)) return { command, version };
  }
  return undefined;
}

function versionOf(command: string): string | undefined {
  try {
    return execFileSync(command, ['-c', PROBE], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined; // absent, or without the venv module
  }
}
