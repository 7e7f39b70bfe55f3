import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const dump = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/engine/metrics-0.32.0.txt.gz');
const DUMPED_MODEL = 'pub-name';

/** A stand-in for the engine: its own exposition, with another model name and values that a test sets. */
export interface EngineMetrics {
  readonly port: number;
  /** Sets the value of every series of a metric whose labels contain these. @throws where the engine has none */
  set(metric: string, labels: Readonly<Record<string, string>>, value: number): void;
  /** Serves a metric under another name, as an engine version that renamed it would. */
  rename(metric: string, to: string): void;
  close(): Promise<void>;
}

/** Serves the metrics of vLLM 0.32.0 on loopback. */
export async function serveEngineMetrics(model: string): Promise<EngineMetrics> {
  let text = gunzipSync(readFileSync(dump))
    .toString()
    .replaceAll(`model_name="${DUMPED_MODEL}"`, `model_name="${model}"`);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    set(metric, labels, value) {
      const wanted = Object.entries(labels).map(([key, content]) => `${key}="${content}"`);
      const isWanted = (line: string) =>
        line.startsWith(`${metric}{`) && wanted.every((label) => line.includes(label));
      const lines = text.split('\n');
      if (!lines.some(isWanted)) throw new Error(`the engine exports no ${metric}{${wanted.join(',')}}`);
      text = lines.map((line) => (isWanted(line) ? line.replace(/\} .*$/, `} ${value}`) : line)).join('\n');
    },
    rename(metric, to) {
      text = text.replaceAll(new RegExp(`\\b${metric}(?=[{ ])`, 'g'), to);
    },
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
