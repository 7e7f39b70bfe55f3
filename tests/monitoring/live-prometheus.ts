import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { RuleGroup } from '../../src/monitoring/rule.js';
import type { Guard } from '../cluster/guard.js';
import { freePorts } from '../cluster/ports.js';
import { ensurePrometheus } from '../cluster/prometheus.js';
import { waitUntil } from '../cluster/wait.js';
import type { Monitored } from './deployed.js';
import { gpuExporter, kubeState, podOf } from './exporters.js';
import { exposition } from './exposition.js';

/** A real Prometheus on loopback that scrapes stand-ins of every server, and evaluates every rule, each second. */
export interface LivePrometheus {
  /** Values of an instant query. @throws where Prometheus refuses it */
  query(expr: string): Promise<readonly number[]>;
  /** Answer of its API, below /api/v1/. */
  get(path: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Something to scrape: its labels, and what it answers at so many seconds after the start. */
export interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly honorLabels?: boolean;
  readonly text: (times: number) => string;
}

export function startLivePrometheus(
  guard: Guard,
  environments: readonly Monitored[],
): Promise<LivePrometheus> {
  const targets: Target[] = [
    ...environments.map((environment) => ({
      labels: labelsOf(environment),
      text: (times: number) => exposition(environment.server.servedModelNames[0] ?? '', times),
    })),
    { labels: {}, honorLabels: true, text: () => kubeState(environments) },
    {
      labels: { namespace: 'gpu-operator', pod: 'dcgm-exporter', container: 'exporter' },
      text: () => gpuExporter(environments),
    },
  ];
  return startPrometheus(
    guard,
    targets,
    environments.map(({ groups }) => groups),
  );
}

/** Starts it with these targets and rules, and waits until each target was scraped five times. */
export async function startPrometheus(
  guard: Guard,
  targets: readonly Target[],
  rules: readonly (readonly RuleGroup[])[],
): Promise<LivePrometheus> {
  const started = Date.now();
  const exporters = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    const times = 1 + Math.floor((Date.now() - started) / 1000);
    response.end(targets[Number(request.url?.slice(1))]?.text(times) ?? '');
  });
  await new Promise<void>((resolve) => exporters.listen(0, '127.0.0.1', resolve));
  const { port: exportersPort } = exporters.address() as AddressInfo;
  const [port = 0] = await freePorts(1);

  const folder = join(guard.folder, 'prometheus');
  mkdirSync(folder);
  const write = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const config = write('prometheus.yml', {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: rules.map((groups, index) => write(`rules-${index}.yml`, { groups })),
    scrape_configs: targets.map(({ labels, honorLabels = false }, index) => ({
      job_name: `target-${index}`,
      metrics_path: `/${index}`,
      honor_labels: honorLabels,
      static_configs: [{ targets: [`127.0.0.1:${exportersPort}`], labels }],
    })),
  });
  const { prometheus } = await ensurePrometheus();
  guard.start('prometheus', {
    command: prometheus,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
  });

  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
    const answer = (await response.json()) as { status: string; error?: string; data: unknown };
    if (answer.status !== 'success') throw new Error(`Prometheus: ${answer.error}`);
    return answer.data;
  };
  const query = async (expr: string): Promise<readonly number[]> => {
    const data = await get(`query?query=${encodeURIComponent(expr)}`);
    return (data as { result: readonly { value: [number, string] }[] }).result.map(({ value }) =>
      Number(value[1]),
    );
  };
  await waitUntil('scrapes', async () => {
    if (guard.ended('prometheus')) throw new Error(`Prometheus ended:\n${guard.log('prometheus')}`);
    const scraped = await query('count_over_time(up[1m]) >= 5').catch((error: Error) => error.message);
    return (Array.isArray(scraped) && scraped.length === targets.length) || `scraped five times: ${scraped}`;
  });
  return {
    query,
    get,
    async close() {
      exporters.closeAllConnections();
      await new Promise<void>((resolve) => exporters.close(() => resolve()));
      await guard.kill('prometheus');
    },
  };
}

/** As a PodMonitor labels a target. */
function labelsOf(environment: Monitored): Readonly<Record<string, string>> {
  const { plan, server } = environment;
  const { namespace } = plan;
  return {
    namespace,
    job: `${namespace}/${server.name}`,
    pod: podOf(environment),
    container: 'server',
    endpoint: 'http',
  };
}
