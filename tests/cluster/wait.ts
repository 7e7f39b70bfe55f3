import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitProps {
  /** @default 60_000 */
  readonly timeoutMs?: number;
  /** @default 150 */
  readonly everyMs?: number;
}

/**
 * Asks until the probe answers true, or throws with the last answer after the timeout. A probe answers with a
 * sentence that says what is still missing.
 */
export async function waitUntil(
  what: string,
  probe: () => Promise<true | string> | true | string,
  { timeoutMs = 60_000, everyMs = 150 }: WaitProps = {},
): Promise<number> {
  const start = Date.now();
  for (;;) {
    const answer = await probe();
    if (answer === true) return Date.now() - start;
    if (Date.now() - start > timeoutMs)
      throw new Error(`${what}: not after ${timeoutMs / 1000} s; ${answer}`);
    await sleep(everyMs);
  }
}
