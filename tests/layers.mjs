// What `npm test` runs, started in this order: the quick ones, then the long ones, so that none stands alone at the end.
// `needs` names programs that the layer cannot run without; `after` layers whose builds it uses; `perVersion` a layer
// that `--all` runs for every Kubernetes version that can be built;
// `realTime` one whose servers must answer in time: in a whole run it is tried once more, with the same seed, and the table
// says so. What is wrong fails twice; what a stalled machine delayed does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const vitest = (config, ...args) => ['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...args];

export const layers = [
  { name: 'types', needs: [], args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  {
    name: 'lint',
    needs: [],
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  },
  { name: 'structure', needs: [], args: ['scripts/structure.mjs'] },
  { name: 'golden', needs: [], args: ['bin/berth.js', 'synth', '--check'] },
  { name: 'unit', needs: [], args: vitest('vitest.config.ts') },
  { name: 'thorough', needs: [], args: vitest('tests/thorough/vitest.config.ts') },
  { name: 'engine', realTime: true, needs: ['python3'], args: vitest('tests/engine/vitest.config.ts') },
  {
    name: 'cluster',
    realTime: true,
    needs: ['go'],
    args: vitest('tests/cluster/vitest.config.ts'),
    perVersion: true,
  },
  {
    name: 'monitoring',
    realTime: true,
    needs: ['apt-get'],
    args: vitest('tests/monitoring/vitest.config.ts'),
  },
  {
    name: 'gateway',
    realTime: true,
    needs: ['python3', 'openssl'],
    args: vitest('tests/gateway/vitest.config.ts'),
  },
  {
    name: 'hybrid',
    realTime: true,
    needs: ['root', 'ip', 'nsenter', 'unshare', 'ss', 'python3', 'openssl'],
    after: ['gateway'],
    args: vitest('tests/gateway/hybrid/vitest.config.ts'),
  },
  {
    name: 'runner',
    realTime: true,
    needs: ['git'],
    after: ['engine', 'monitoring', 'cluster'],
    args: vitest('tests/runner/vitest.config.ts'),
  },
  { name: 'durability', needs: [], args: vitest('tests/durability/vitest.config.ts') },
  { name: 'library', needs: ['npm'], args: vitest('tests/library/vitest.config.ts') },
  { name: 'newcomer', realTime: true, needs: ['npm', 'script'], args: vitest('tests/init/vitest.config.ts') },
  { name: 'scanners', needs: ['go', 'python3'], args: vitest('tests/scanners/vitest.config.ts') },
  { name: 'clone', needs: ['git'], args: ['tests/clone.mjs'] },
];

/** The quick loop of `npm run check`. */
export const quick = ['types', 'lint', 'structure', 'golden', 'unit'];

/** One layer for each Kubernetes version of tests/cluster/plane, in place of a layer that runs on one. */
export function onEveryVersion(layer) {
  if (!layer.perVersion) return [layer];
  const file = join(import.meta.dirname, 'cluster', 'plane', 'versions.json');
  return Object.keys(JSON.parse(readFileSync(file, 'utf8'))).map((version) => ({
    ...layer,
    name: `${layer.name}-${version}`,
    env: { BERTH_K8S_VERSION: version },
  }));
}
