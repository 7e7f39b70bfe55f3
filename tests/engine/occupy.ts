import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../cluster/wait.js';
import { ask } from './client.js';
import { readExposition } from './exposition.js';
import type { EngineServer } from './server.js';

type Target = Pick<EngineServer, 'url' | 'apiKey'>;

/** Requests that the engine holds, running and waiting. */
export async function heldRequests(target: Target): Promise<number> {
  const samples = readExposition((await ask(target, '/metrics', { key: null })).text);
  const sum = (name: string) =>
    samples.filter((sample) => sample.name === name).reduce((total, { value }) => total + value, 0);
  return sum('vllm:num_requests_running') + sum('vllm:num_requests_waiting');
}

/**
 * Fills a server with requests that do not end by themselves, and waits until it holds them all.
 * @param tokens What each may write: enough to outlast the test.
 * @returns ends them and waits until the server is empty
 */
export async function occupy(
  target: Target,
  model: string,
  requests: number,
  tokens: number,
): Promise<() => Promise<void>> {
  const controller = new AbortController();
  const { url, apiKey } = target;
  for (let i = 0; i < requests; i++) {
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model,
        messages: [{ role: 'user', content: `question ${i}` }],
        max_tokens: tokens,
        ignore_eos: true,
      }),
      signal: controller.signal,
    }).catch(() => undefined); // ends by our own hand
    // Those that come at once are counted late: the cap is checked before the engine has heard of them.
    await sleep(5);
  }
  const holds = async (wanted: number) => {
    const held = await heldRequests(target);
    return held === wanted || `holds ${held} of ${wanted}`;
  };
  await waitUntil('the server holds the requests', () => holds(requests), { everyMs: 300 });
  return async () => {
    controller.abort();
    await waitUntil('the server is empty again', () => holds(0), { everyMs: 300 });
  };
}
