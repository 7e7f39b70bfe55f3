// What `npm test` runs, in order. `needs` names programs that the layer cannot run without;
// `results` is the file that the layer writes its counts to, if it counts more than tests.
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
  { name: 'clone', needs: ['git'], args: ['tests/clone.mjs'] },
  { name: 'unit', needs: [], args: vitest('vitest.config.ts') },
  { name: 'durability', needs: [], args: vitest('tests/durability/vitest.config.ts') },
  { name: 'engine', needs: ['python3'], args: vitest('tests/engine/vitest.config.ts') },
  { name: 'monitoring', needs: ['apt-get'], args: vitest('tests/monitoring/vitest.config.ts') },
  { name: 'scanners', needs: ['go', 'python3'], args: vitest('tests/scanners/vitest.config.ts') },
  { name: 'cluster', needs: ['go'], args: vitest('tests/cluster/vitest.config.ts') },
];

/** The quick loop of `npm run check`. */
export const quick = ['types', 'lint', 'structure', 'golden', 'unit'];
