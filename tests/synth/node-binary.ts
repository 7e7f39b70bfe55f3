import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Exact versions, so that a run of next year compares the same programs. */
export const NODE_VERSIONS = ['20.20.2', '22.23.3', '24.21.0'] as const;

/**
 * A Node.js binary from the npm registry, kept in Berth's cache: only the first call on a machine needs the network.
 * @returns Undefined where it cannot be had: without a network, or for a system that the registry has no package for.
 */
export function nodeBinary(version: string): string | undefined {
  const cache =
    process.env.BERTH_CACHE_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'berth');
  const folder = join(cache, 'node', `${version}-${process.platform}-${process.arch}`);
  const name = `node-${process.platform}-${process.arch}`;
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (existsSync(binary)) return binary;
  const next = `${folder}.${process.pid}`;
  mkdirSync(next, { recursive: true });
  const { status } = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      next,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `${name}@${version}`,
    ],
    { stdio: 'ignore', timeout: 240_000 },
  );
  if (status === 0 && !existsSync(folder)) renameSync(next, folder);
  rmSync(next, { recursive: true, force: true });
  return existsSync(binary) ? binary : undefined;
}
