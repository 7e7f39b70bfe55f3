import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Exit, openGuard } from '../cluster/guard.js';
import { createStateFolder } from '../cluster/state-folder.js';
import { ensureEngine } from './install.js';
import { type Deployed, swapForProcessor } from './swaps.js';

const tinyModel = join(dirname(fileURLToPath(import.meta.url)), 'tiny_model.py');
const START_LIMIT_SECONDS = 480;

export interface ServerProps {
  readonly deployed: Deployed;
  /** Longest context of the tiny model's own config, in tokens. */
  readonly context: number;
  /** Heads and their size set the bytes of the cache per token: 2 layers × 2 × heads × size × 2. @default 2 × 32: 512 bytes */
  readonly kvHeads?: number;
  readonly headDim?: number;
}

export interface EngineServer {
  readonly url: string;
  readonly apiKey: string;
  readonly differences: readonly string[];
  /** What a probe met before the first 200, without repetition: `refused`, or a status. */
  readonly beforeReady: readonly string[];
  readonly startSeconds: number;
  /** SIGTERM to the first process, as the kubelet sends it. */
  terminate(): void;
  readonly exited: Promise<Exit>;
  log(lines?: number): string;
  /** Ends it in whatever state it is, and removes its files. */
  close(): Promise<void>;
}

/** Starts the engine as a process and does not wait for it: its end comes with `exited`. */
export async function launchServer({ deployed, context, kvHeads = 2, headDim = 32 }: ServerProps) {
  const { python, vllm } = await ensureEngine();
  const port = await freePort();
  const guard = openGuard(createStateFolder());
  const modelFolder = join(guard.folder, 'model');
  const apiKey = 'test-key-of-no-value';
  execFileSync(python, [tinyModel, modelFolder, `${context}`, `${kvHeads}`, `${headDim}`], {
    stdio: 'inherit',
  });
  const { args, env, differences } = swapForProcessor(deployed, {
    modelFolder,
    port,
    folder: guard.folder,
    secretValue: apiKey,
  });
  const own = {
    PATH: process.env.PATH ?? '',
    TMPDIR: guard.folder,
    HOME: guard.folder,
    // Its sockets, from where it runs: the absolute path of one may be longer than the 107 characters that there are.
    VLLM_RPC_BASE_PATH: '.',
    ...env,
  };
  for (const value of Object.values(own))
    if (value.startsWith(guard.folder)) mkdirSync(value, { recursive: true });
  const words = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  // A clean environment: a pod inherits nothing from this machine.
  guard.start('engine', { command: 'env', args: ['-i', ...words, ...vllm, 'serve', ...args] });
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    differences,
    exited: guard.exit('engine'),
    hasEnded: () => guard.ended('engine') !== undefined,
    log: (lines = 40) => guard.log('engine', lines),
    terminate: () => void process.kill(firstProcess(guard.folder), 'SIGTERM'),
    close: () => guard.close(),
  };
}

/** Starts the engine and waits until it answers. @throws with the end of its log where it ends first, or after eight minutes */
export async function startServer(props: ServerProps): Promise<EngineServer> {
  const start = Date.now();
  const server = await launchServer(props);
  const met = new Set<string>();
  const seconds = () => (Date.now() - start) / 1000;
  for (;;) {
    const answer = await fetch(`${server.url}/health`).then(
      ({ status }) => `${status}`,
      () => 'refused',
    );
    if (answer === '200') break;
    met.add(answer);
    if (server.hasEnded() || seconds() > START_LIMIT_SECONDS) {
      const log = server.log(60);
      await server.close();
      throw new Error(`the engine was not ready after ${seconds().toFixed(0)} s:\n${log}`);
    }
    await sleep(200);
  }
  return { ...server, beforeReady: [...met], startSeconds: seconds() };
}

function firstProcess(folder: string): number {
  return Number(readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').at(-1));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
