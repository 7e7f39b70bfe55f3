import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkoutState, createPlace, filesLeft, type Place, removePlace, TestRun } from './test-run.js';

interface Moment {
  readonly name: string;
  /** Words for tests/run.mjs. */
  readonly words: readonly string[];
  /** A process by its command line, or words that the layer prints. */
  readonly at: { readonly process?: RegExp; readonly output?: RegExp };
  /** A program that the layer needs. */
  readonly needs?: string;
}

const prometheus: Moment = {
  name: 'Prometheus runs',
  words: ['monitoring', '--', 'dashboards.test.ts'],
  at: { process: /prometheus --config\.file/ },
  needs: 'apt-get',
};
const engine: Moment = {
  name: 'the engine has started its workers',
  words: ['engine', '--', 'server.test.ts'],
  at: { process: /EngineCore/ },
  needs: 'python3',
};
const keda: Moment = {
  name: 'the control plane and KEDA run',
  words: ['cluster', '--', 'keda.test.ts'],
  at: { process: /adapter --cert-dir/ },
  needs: 'go',
};

/** SIGINT goes to the whole group, as from a terminal; SIGTERM to the runner alone, as from a supervisor. */
const moments: readonly (Moment & { readonly signal: 'SIGINT' | 'SIGTERM' })[] = [
  {
    name: 'the runner has just started',
    words: ['structure'],
    at: { output: /structure/ },
    signal: 'SIGTERM',
  },
  { name: 'the compiler checks types', words: ['types'], at: { process: /tsc/ }, signal: 'SIGINT' },
  {
    name: 'examples are synthesised',
    words: ['golden'],
    at: { process: /synth --check/ },
    signal: 'SIGTERM',
  },
  { name: 'the repository is cloned', words: ['clone'], at: { process: /git clone/ }, signal: 'SIGINT' },
  { name: 'unit tests run in workers', words: ['unit'], at: { output: /✓/ }, signal: 'SIGTERM' },
  {
    name: 'synths are killed and repeated',
    words: ['durability'],
    at: { process: /compiled|synth/ },
    signal: 'SIGINT',
  },
  { ...prometheus, signal: 'SIGTERM' },
  { ...engine, name: 'the engine loads', at: { process: /bin\/vllm serve/ }, signal: 'SIGINT' },
  {
    name: 'etcd has just started',
    words: ['cluster'],
    at: { process: /etcd --/ },
    needs: 'go',
    signal: 'SIGTERM',
  },
  {
    name: 'the control plane is up',
    words: ['cluster'],
    at: { output: /Kubernetes \S+ up in/ },
    needs: 'go',
    signal: 'SIGINT',
  },
];

const has = (program?: string) => !program || spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

describe.skipIf(process.platform !== 'linux')('npm test leaves no process and no file', () => {
  let place: Place;
  let checkout: string;
  beforeEach(() => {
    place = createPlace();
    checkout = checkoutState();
  });
  afterEach(() => removePlace(place));

  async function expectNothingLeft(run: TestRun): Promise<void> {
    expect(await run.ended()).toEqual([]);
    expect(filesLeft(place)).toEqual([]);
    expect(checkoutState()).toBe(checkout);
  }

  for (const { name, words, at, needs, signal } of moments)
    it.skipIf(!has(needs))(`within ten seconds of ${signal} while ${name}`, async () => {
      const run = new TestRun(place, words);
      await run.until(at);
      run.signal(signal, signal === 'SIGINT');
      await expectNothingLeft(run);
    });

  for (const { name, words, at, needs } of [prometheus, engine, keda])
    it.skipIf(!has(needs))(`within ten seconds of SIGKILL of the runner while ${name}`, async () => {
      const run = new TestRun(place, words);
      await run.until(at);
      run.signal('SIGKILL');
      await expectNothingLeft(run);
    });

  it.skipIf(!has(prometheus.needs))(
    'once the next run has started, where the runner and all guards were killed',
    async () => {
      const run = new TestRun(place, prometheus.words);
      await run.until(prometheus.at);
      const guards = run
        .alive()
        .filter(({ pid, commandLine }) => pid === run.pid || /(leash|guard)\.mjs/.test(commandLine));
      expect(guards.length).toBeGreaterThan(2);
      for (const { pid } of guards) process.kill(pid, 'SIGKILL');
      expect(await run.ended(1000)).not.toEqual([]);
      const next = new TestRun(place, ['structure']);
      await next.until({ output: /removed what a killed run left/ });
      expect(await run.ended()).toEqual([]);
      expect(await next.ended(60_000)).toEqual([]);
      expect(next.runner.exitCode).toBe(0);
      expect(filesLeft(place)).toEqual([]);
    },
  );
});
