import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Guard, openGuard } from '../cluster/guard.js';
import { freePorts } from '../cluster/ports.js';
import { createStateFolder, sweepStateFolders } from '../cluster/state-folder.js';
import { waitUntil } from '../cluster/wait.js';
import { type Address, relocated } from './addresses.js';
import { type Certificates, makeCertificates } from './certificates.js';
import { ensureEnvoy } from './install.js';
import { type Provider, startProvider } from './provider.js';
import { type Emitted, filesOf } from './selection.js';

/** A gateway, its egress proxy and its providers on loopback. */
export interface Running {
  readonly guard: Guard;
  readonly base: string;
  readonly admin: string;
  /** Port of the egress proxy. */
  readonly egressPort: number;
  readonly providers: Readonly<Record<string, Provider>>;
  /** Provider keys, by file; never in a file of the configuration. */
  readonly keys: Readonly<Record<string, string>>;
  /** Replaces a key as the kubelet does: a new folder, then one link. */
  readonly rotate: (file: string, value: string) => void;
  /** Everything that the programs wrote. */
  readonly logs: () => string;
  close(): Promise<void>;
}

export interface RunOptions {
  /** Hosts that do not exist here: their name does not resolve, or nobody listens. @default none */
  readonly lost?: Readonly<Record<string, 'refused' | 'unknown'>>;
  /** Ports on loopback of further hosts. @default none */
  readonly elsewhere?: Readonly<Record<string, number>>;
}

/** Starts what a selection with one gateway emits, unchanged but for addresses. */
export async function runGateway(
  emitted: Emitted,
  { lost = {}, elsewhere = {} }: RunOptions = {},
): Promise<Running> {
  sweepStateFolders();
  const envoy = await ensureEnvoy();
  const guard = openGuard(createStateFolder());
  const [plan] = emitted.plan.gateways;
  if (plan === undefined) throw new Error('the plan has no gateway');
  const { hosts, own } = plan.egress;
  const certificates: Certificates = makeCertificates(guard.folder, hosts);
  const providers: Record<string, Provider> = {};
  for (const host of hosts) providers[host] = await startProvider(host, certificates);
  const [port = 0, admin = 0, egress = 0, egressAdmin = 0, nobody = 0] = await freePorts(5);

  const local = (port_value: number): Address => ({ address: '127.0.0.1', port_value });
  const ofHost = (before: Address): Address => {
    if (lost[before.address] === 'unknown') return { address: 'no-such-host.invalid', port_value: 443 };
    if (lost[before.address] === 'refused') return local(nobody);
    const other = elsewhere[before.address];
    if (other !== undefined) return local(other);
    const provider = providers[before.address];
    if (provider !== undefined) return local(provider.port);
    throw new Error(`${before.address}:${before.port_value} is no address that is known`);
  };
  const keysFolder = join(guard.folder, 'keys');
  const keys = Object.fromEntries(
    plan.connectors.flatMap(({ credential }) =>
      credential ? [[credential.file, `secret-of-${credential.file}-71f3`]] : [],
    ),
  );
  const rotate = keyFolder(keysFolder, keys);
  const start = (name: string, files: Record<string, string>, address: (before: Address) => Address) => {
    const folder = join(guard.folder, name);
    mkdirSync(folder, { recursive: true });
    const path = (before: string) =>
      before
        .replace(/^\/etc\/berth/, folder)
        .replace(/^\/etc\/llm-keys/, keysFolder)
        .replace(/^\/etc\/ssl\/certs\/ca-certificates\.crt$/, certificates.ca);
    for (const [file, text] of Object.entries(files))
      writeFileSync(
        join(folder, file),
        JSON.stringify(relocated(text, { address, path, admin: `@berth-${process.pid}-${port}-${name}` })),
      );
    const args = [
      '-c',
      join(folder, 'envoy.yaml'),
      '-l',
      'warn',
      '--concurrency',
      '2',
      '--disable-hot-restart',
    ];
    guard.start(name, { command: envoy, args });
  };
  const listening =
    (clients: number, metrics: number, otherwise: (before: Address) => Address) =>
    (before: Address): Address => {
      if (before.address === '0.0.0.0')
        return local(before.port_value === plan.adminPort ? metrics : clients);
      return otherwise(before);
    };
  if (own !== null) start(own.name, filesOf(emitted, own.name), listening(egress, egressAdmin, ofHost));
  start(
    plan.name,
    filesOf(emitted, plan.name),
    listening(port, admin, (before) =>
      own !== null && before.address.startsWith(`${own.name}.`) ? local(egress) : ofHost(before),
    ),
  );
  const ready = async (at: number) => {
    try {
      const answer = await fetch(`http://127.0.0.1:${at}/ready`);
      return answer.ok ? true : `ready answers ${answer.status}`;
    } catch (error) {
      const ended = guard.ended(plan.name);
      if (ended) throw new Error(`the gateway ended: ${guard.log(plan.name)}`);
      return String(error);
    }
  };
  await waitUntil('the gateway is ready', () => ready(admin), { timeoutMs: 20_000, everyMs: 50 });
  if (own !== null)
    await waitUntil('the egress proxy is ready', () => ready(egressAdmin), {
      timeoutMs: 20_000,
      everyMs: 50,
    });
  return {
    guard,
    base: `http://127.0.0.1:${port}`,
    admin: `http://127.0.0.1:${admin}`,
    egressPort: egress,
    providers,
    keys,
    rotate,
    logs: () => [plan.name, own?.name ?? ''].map((name) => guard.log(name, 100_000)).join('\n'),
    close: async () => {
      await guard.close();
      for (const provider of Object.values(providers)) await provider.close();
    },
  };
}

/** A folder as the kubelet makes it of Secrets: `..data` leads to the current files, and is swapped as a whole. */
function keyFolder(folder: string, keys: Readonly<Record<string, string>>) {
  let version = 0;
  const current: Record<string, string> = { ...keys };
  mkdirSync(folder, { recursive: true });
  const publish = () => {
    version += 1;
    const data = join(folder, `..${version}`);
    mkdirSync(data);
    for (const [file, value] of Object.entries(current)) writeFileSync(join(data, file), value);
    symlinkSync(data, join(folder, '..next'));
    renameSync(join(folder, '..next'), join(folder, '..data'));
  };
  publish();
  for (const file of Object.keys(keys)) symlinkSync(join('..data', file), join(folder, file));
  return (file: string, value: string) => {
    current[file] = value;
    publish();
  };
}

/** The authority's file, for tests that trust it themselves. */
export function authorityOf({ guard }: Running): Buffer {
  return readFileSync(join(guard.folder, 'ca.crt'));
}
