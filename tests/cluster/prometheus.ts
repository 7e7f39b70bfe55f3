import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached } from './cache.js';
import type { Guard } from './guard.js';
import { waitUntil } from './wait.js';

export interface PrometheusFiles {
  readonly prometheus: string;
  readonly promtool: string;
}

/**
 * Prometheus and promtool: those on the PATH, else Debian's package, unpacked into the cache. It is not installed, as
 * that would start a server on every interface of a machine with systemd.
 */
export async function ensurePrometheus(): Promise<PrometheusFiles> {
  const [prometheus, promtool] = [onPath('prometheus'), onPath('promtool')];
  if (prometheus && promtool) return { prometheus, promtool };
  const entry = await cached(`prometheus-${process.platform}-${process.arch}`, async (target) => {
    const folder = mkdtempSync(join(tmpdir(), 'berth-prometheus-'));
    try {
      if (!download(folder)) {
        execFileSync('apt-get', ['update'], { stdio: 'ignore' });
        if (!download(folder)) throw new Error('apt-get download prometheus failed');
      }
      const archive = readdirSync(folder).find((name) => name.endsWith('.deb')) ?? '';
      execFileSync('dpkg-deb', ['-x', join(folder, archive), join(folder, 'files')]);
      mkdirSync(target, { recursive: true });
      for (const name of ['prometheus', 'promtool'])
        cpSync(join(folder, 'files/usr/bin', name), join(target, name));
      renameSync(target, target.replace(/\.part-\d+$/, ''));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return { prometheus: join(entry, 'prometheus'), promtool: join(entry, 'promtool') };
}

export interface PrometheusProps {
  readonly program: string;
  readonly port: number;
  readonly targets: readonly Target[];
}

export interface Target {
  /** Port of an engine's metrics on loopback. */
  readonly port: number;
  /** Labels that the target of a PodMonitor would have. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Starts a Prometheus that scrapes its targets every second and waits until all have answered. */
export async function startPrometheus(
  guard: Guard,
  { program, port, targets }: PrometheusProps,
): Promise<void> {
  const folder = join(guard.folder, 'prometheus');
  if (!existsSync(folder)) mkdirSync(folder);
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [
      {
        job_name: 'engine',
        static_configs: targets.map((target) => ({
          targets: [`127.0.0.1:${target.port}`],
          labels: target.labels,
        })),
      },
    ],
  };
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  guard.start('prometheus', {
    command: program,
    args: [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
  });
  await waitUntil('Prometheus', async () => {
    if (guard.ended('prometheus')) throw new Error(`Prometheus ended:\n${guard.log('prometheus')}`);
    const answer = await queryPrometheus(port, 'up == 1').catch((error: Error) => error.message);
    return (Array.isArray(answer) && answer.length === targets.length) || `targets up: ${answer}`;
  });
}

/** The values of an instant query. */
export async function queryPrometheus(port: number, query: string): Promise<readonly number[]> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await response.json()) as { data: { result: readonly { value: [number, string] }[] } };
  return data.result.map(({ value }) => Number(value[1]));
}

function onPath(program: string): string | undefined {
  const { stdout, status } = spawnSync('sh', ['-c', `command -v ${program}`]);
  return status === 0 ? stdout.toString().trim() : undefined;
}

function download(folder: string): boolean {
  return spawnSync('apt-get', ['download', 'prometheus'], { cwd: folder, stdio: 'ignore' }).status === 0;
}
