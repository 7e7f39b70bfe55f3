import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Guard } from '../../cluster/guard.js';
import { waitUntil } from '../../cluster/wait.js';

/** A network of its own, held by a process: it is gone when that is. */
export interface Network {
  readonly name: string;
  readonly pid: number;
  readonly address: string;
}

/** Makes one network a name, without any link. */
export async function makeNetworks(guard: Guard, names: readonly string[]): Promise<Record<string, Network>> {
  const networks: Record<string, Network> = {};
  for (const [index, name] of names.entries()) {
    // A number that nobody else sleeps tells the holder from all other processes.
    const mark = `3600.${process.pid}${100 + index}`;
    guard.start(`net-${name}`, { command: 'unshare', args: ['-n', 'sleep', mark] });
    let pid = 0;
    await waitUntil(
      `network ${name}`,
      () => {
        pid = holderOf(mark);
        return pid > 0 || 'no holder yet';
      },
      { timeoutMs: 10_000, everyMs: 30 },
    );
    const network = { name, pid, address: `10.99.0.${index + 10}` };
    inside(network, 'ip', 'link', 'set', 'lo', 'up');
    inside(network, 'ip', 'address', 'add', `${network.address}/32`, 'dev', 'lo');
    networks[name] = network;
  }
  return networks;
}

let links = 0;

/** Joins two networks; neither can go on to a third, for nothing forwards. */
export function join(a: Network, b: Network): void {
  links += 1;
  const [left, right] = [`va${links}`, `vb${links}`];
  execFileSync('ip', [
    ...['link', 'add', left, 'netns', `${a.pid}`, 'type', 'veth'],
    ...['peer', 'name', right, 'netns', `${b.pid}`],
  ]);
  for (const [here, there, device] of [
    [a, b, left],
    [b, a, right],
  ] as const) {
    inside(here, 'ip', 'link', 'set', device, 'up');
    inside(here, 'ip', 'route', 'add', `${there.address}/32`, 'dev', device, 'src', here.address);
  }
}

/** Runs a program in a network and returns what it says. */
export function inside({ pid }: Network, ...command: readonly string[]): string {
  return execFileSync('nsenter', ['-t', `${pid}`, '-n', ...command], { encoding: 'utf8', stdio: 'pipe' });
}

/** The command line of a program in a network, with the files of a folder over those of /etc. */
export function podCommand({ pid }: Network, etc: string, command: readonly string[]) {
  const script = `mount -t overlay overlay -o lowerdir=${etc}:/etc /etc && exec "$@"`;
  return {
    command: 'nsenter',
    args: ['-t', `${pid}`, '-n', 'unshare', '-m', 'sh', '-c', script, 'pod', ...command],
  };
}

function holderOf(mark: string): number {
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [program, argument] = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      if (program === 'sleep' && argument === mark) return Number(entry);
    } catch {
      // Gone meanwhile.
    }
  }
  return 0;
}
