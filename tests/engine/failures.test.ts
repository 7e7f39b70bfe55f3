import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseDeployment } from './live-deployment.js';
import { recordResults } from './results.js';
import { launchServer, type ServerProps } from './server.js';

const deployment = chooseDeployment();
const args = deployment.server.args;
const { env } = deployment.server.server.container;
const context = deployment.maxModelLen;

interface Failure {
  readonly what: string;
  readonly props: ServerProps;
  /** Parts of the log; the last words of the first process are not always the cause. */
  readonly says: readonly string[];
}

const failures: readonly Failure[] = [
  {
    what: 'a context that the KV cache cannot hold',
    // The cache has 1 GiB; bytes per token: 2 layers × keys and values × heads × 128 × 2.
    props: {
      deployed: { args, env },
      context,
      kvHeads: Math.ceil(2 ** 31 / (context * 2 * 2 * 128 * 2)),
      headDim: 128,
    },
    says: ['larger than the available KV cache memory', 'Engine core initialization failed'],
  },
  {
    what: 'an unknown reasoning parser, which the parser of arguments takes',
    props: { deployed: { args: [...args, '--reasoning-parser', 'nope'], env }, context },
    says: ["Reasoning parser 'nope' not found"],
  },
  {
    what: 'an unknown tool parser, which the parser of arguments takes',
    props: {
      deployed: { args: [...args, '--enable-auto-tool-choice', '--tool-call-parser', 'nope'], env },
      context,
    },
    says: ['invalid tool call parser: nope'],
  },
  {
    what: 'VLLM_PORT as Kubernetes sets it for a Service called vllm',
    props: {
      deployed: { args, env: [...env, { name: 'VLLM_PORT', value: 'tcp://10.0.0.1:8000' }] },
      context,
    },
    says: ['appears to be a URI', 'Kubernetes service discovery'],
  },
];

/** All at once: each spends its time importing, and none serves. */
describe('a generated server does not start with', () => {
  const ends = new Map<
    Failure,
    { readonly code: number | null; readonly log: string; readonly seconds: number }
  >();

  beforeAll(async () => {
    await Promise.all(failures.map(async (failure) => void ends.set(failure, await runToEnd(failure.props))));
    recordResults({ failedStarts: failures.length });
  }, 580_000);

  it.each(failures)('$what: exit 1, and says why', (failure) => {
    const end = ends.get(failure);
    expect(end?.code, end?.log.slice(-2000)).toBe(1);
    for (const words of failure.says) expect(end?.log).toContain(words);
    console.log(`${failure.what}: exit 1 after ${end?.seconds.toFixed(0)} s`);
  });
});

async function runToEnd(props: ServerProps) {
  const start = Date.now();
  const server = await launchServer(props);
  const limit = new AbortController();
  try {
    const end = await Promise.race([server.exited, sleep(540_000, undefined, { signal: limit.signal })]);
    return { code: end?.code ?? null, log: server.log(400), seconds: (Date.now() - start) / 1000 };
  } finally {
    limit.abort();
    await server.close();
  }
}
