import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../error.js';
import { sizeOnce } from '../../sizing/size-once.js';
import type { SizeRequest } from '../../sizing/types.js';
import type { SpeedPoint } from './chart.js';

/** Requests in flight that the curve goes through. */
const CONCURRENCIES = [1, 2, 4, 8, 16, 32, 48, 64, 96, 128, 192, 256, 384, 512];
/** Beyond so many times what runs at once, only the queue grows. */
const QUEUED_FACTOR = 1.5;

/** Throughput and latency of each request, over the requests in flight. */
export function speedPoints(requests: readonly SizeRequest[]): SpeedPoint[] {
  return requests.flatMap((request) =>
    CONCURRENCIES.flatMap((concurrency) => {
      const { throughput, settings } = sizeOnce({
        ...request,
        inputTokens: 1024,
        outputTokens: 256,
        ...lengths(request),
        concurrency,
      });
      if (throughput === null || concurrency > throughput.running * QUEUED_FACTOR) return [];
      const { outputTokensPerSecond, ttftMs, tpotMs, running } = throughput;
      const name = `${settings.gpus} × ${request.accelerator.id}, ${settings.precision}`;
      return { name, concurrency, running, outputTokensPerSecond, ttftMs, tpotMs };
    }),
  );
}

function lengths({ inputTokens, outputTokens }: SizeRequest) {
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
  };
}

/** @throws UserError where the file has another ending, or nothing can be drawn. */
export async function writePlot(
  file: string,
  title: string,
  requests: readonly SizeRequest[],
  cwd: string,
): Promise<void> {
  const points = speedPoints(requests);
  if (!/\.(svg|html)$/.test(file)) throw mistake(`--plot ${file}: only .svg and .html can be written`);
  if (points.length === 0)
    throw mistake('there is no throughput to draw: berth size without --plot says why');
  const { chart } = await import('./chart.js');
  const svg = await chart(title, points);
  writeFileSync(resolve(cwd, file), file.endsWith('.svg') ? svg : page(title, svg));
}

function page(title: string, svg: string): string {
  const text = title.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${text}</title>\n<body>\n${svg}\n</body>\n</html>\n`;
}

function mistake(message: string): UserError {
  return new UserError('nothing was drawn', [{ message, fix: 'write for instance --plot speed.svg' }]);
}
