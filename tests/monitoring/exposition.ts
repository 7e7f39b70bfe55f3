import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const DUMP = join(import.meta.dirname, '../fixtures/engine/metrics-0.32.0.txt.gz');
const GATEWAY_DUMP = join(import.meta.dirname, '../fixtures/gateway/metrics-1.40.0.txt.gz');
const DUMPED_MODEL = 'pub-name';

/** What vLLM 0.32.0 answered, for another model, and so many times over: its counters count, its gauges stay. */
export function exposition(modelName: string, times: number): string {
  return timesOver(read(DUMP).replaceAll(`model_name="${DUMPED_MODEL}"`, `model_name="${modelName}"`), times);
}

/** What Envoy 1.40.0 answered as a gateway, so many times over. */
export function gatewayExposition(times: number): string {
  return timesOver(read(GATEWAY_DUMP), times);
}

function read(file: string): string {
  return gunzipSync(readFileSync(file)).toString();
}

function timesOver(text: string, times: number): string {
  let counts = false;
  return text
    .split('\n')
    .map((line) => {
      const type = /^# TYPE \S+ (\w+)/.exec(line)?.[1];
      if (type !== undefined) counts = type !== 'gauge';
      const space = line.lastIndexOf(' ');
      return line.startsWith('#') || !counts || space === -1
        ? line
        : `${line.slice(0, space)} ${Number(line.slice(space + 1)) * times}`;
    })
    .join('\n');
}
