import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join as path } from 'node:path';
import { promisify } from 'node:util';
import type { KubernetesObject } from '../../../src/inspect/types.js';
import { plansOf } from '../../../src/plan/plan.js';
import { type Guard, openGuard } from '../../cluster/guard.js';
import { createStateFolder, sweepStateFolders } from '../../cluster/state-folder.js';
import { waitUntil } from '../../cluster/wait.js';
import { makeCertificates } from '../certificates.js';
import { ensureEnvoy } from '../install.js';
import { type Emitted, filesOf } from '../selection.js';
import type { Attack } from './attacks.js';
import { inside, join, makeNetworks, type Network, podCommand } from './networks.js';
import { type Place, reaches } from './policies.js';

const run = promisify(execFile);

/** The emitted pods, each in a network of its own, beside a client, a cloud and a name server. */
export interface Stage {
  readonly guard: Guard;
  readonly networks: Readonly<Record<string, Network>>;
  /** `a → b` for each pair that the policies join. */
  readonly links: readonly string[];
  /** Puts other files in place of a pod's, and starts it anew. */
  restart(pod: string, files: Readonly<Record<string, string>>): Promise<void>;
  /** Sends attacks from the client's network to a pod; answers in their order. */
  attack(door: string, attacks: readonly Attack[]): Promise<string[]>;
  readonly cloud: () => CloudLine[];
  readonly server: () => { readonly request: string; readonly body: string }[];
  readonly questions: () => { readonly from: string; readonly name: string; readonly bytes: number }[];
  close(): Promise<void>;
}

export interface CloudLine {
  readonly connection?: true;
  readonly bytes?: number;
  readonly request?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

const CLIENT_PORT = 4000;
const CLIENT: Place = { name: 'client', namespace: 'apps', labels: {} };
const DNS: Place = { name: 'dns', namespace: 'kube-system', labels: {} };
const CLOUD: Place = { name: 'cloud', namespace: null, labels: {}, address: '203.0.113.1' };

/** Pods of the emitted Deployments. */
function podsOf(objects: readonly KubernetesObject[]): Place[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      namespace: metadata.namespace ?? null,
      labels: (spec as { template: { metadata: { labels: Record<string, string> } } }).template.metadata
        .labels,
    }));
}

export async function openStage(made: Emitted): Promise<Stage> {
  sweepStateFolders();
  const envoy = await ensureEnvoy();
  const guard = openGuard(createStateFolder());
  const pods = podsOf(made.objects);
  const places = [...pods, CLIENT, DNS, CLOUD];
  const networks = await makeNetworks(guard, [...places.map(({ name }) => name), 'merged']);
  const of = (name: string) => {
    const network = networks[name];
    if (network === undefined) throw new Error(`no network ${name}`);
    return network;
  };
  const links = places.flatMap((from) =>
    places
      .filter((to) => to !== from && reaches(made.objects, from, to) && isMeant(from, to))
      .map((to) => [from.name, to.name] as const),
  );
  const joined = new Set<string>();
  for (const [a, b] of links) {
    const id = [a, b].sort().join(' ');
    if (!joined.has(id)) join(of(a), of(b));
    joined.add(id);
  }
  const gateways = plansOf(made.plan).flatMap((plan) => plan.gateways);
  const hosts = [...new Set(gateways.flatMap(({ egress }) => egress.hosts))];
  const certificates = makeCertificates(guard.folder, hosts);
  const at = (file: string) => path(guard.folder, file);
  const script = (name: string) => path(import.meta.dirname, name);
  writeFileSync(at('mode'), 'ok');
  writeFileSync(at('names.json'), JSON.stringify(namesOf(pods, hosts, networks)));
  const node = (name: string, network: Network, ...args: string[]) =>
    guard.start(name, {
      command: 'nsenter',
      args: ['-t', `${network.pid}`, '-n', process.execPath, script(`${name}.mjs`), ...args],
    });
  node('dns', of('dns'), of('dns').address, at('names.json'), at('dns.log'));
  node(
    'cloud',
    of('cloud'),
    of('cloud').address,
    path(dirname(certificates.ca), 'providers.crt'),
    path(dirname(certificates.ca), 'providers.key'),
    at('cloud.log'),
  );
  node('server', of('server'), of('server').address, '8000', at('mode'), at('server.log'));

  // A gateway that finds no name server asks again only seconds later.
  for (const [name, port] of [
    ['dns', 53],
    ['cloud', 443],
    ['server', 8000],
  ] as const)
    await waitUntil(`${name} listens`, () => listensOn(of(name), port) || 'not yet');

  const startEnvoy = async (name: string, files: Readonly<Record<string, string>>) => {
    const etc = at(`etc-${name}`);
    const write = (file: string, text: string) => {
      mkdirSync(dirname(path(etc, file)), { recursive: true });
      writeFileSync(path(etc, file), text);
    };
    for (const [file, text] of Object.entries(files)) {
      write(`berth/${file}`, text);
      const key = /^sds-(.+)\.yaml$/.exec(file)?.[1];
      if (key !== undefined) write(`llm-keys/${key}`, `secret-of-${key}`);
    }
    write('ssl/certs/ca-certificates.crt', readFileSync(certificates.ca, 'utf8'));
    write('resolv.conf', `nameserver ${of('dns').address}\noptions timeout:1 attempts:1\n`);
    const args = [
      envoy,
      '-c',
      '/etc/berth/envoy.yaml',
      '-l',
      'warn',
      '--concurrency',
      '1',
      '--disable-hot-restart',
    ];
    guard.start(name, podCommand(of(name), etc, args));
    await waitUntil(`${name} is ready`, () => {
      const ended = guard.ended(name);
      if (ended) throw new Error(`${name} ended: ${guard.log(name)}`);
      return listensOn(of(name), 15020) || 'not yet';
    });
  };
  for (const { name, namespace } of pods)
    if (name !== 'server') await startEnvoy(name, filesOf(made, name, namespace ?? undefined));

  const lines = <T>(file: string): T[] =>
    existsSync(at(file))
      ? readFileSync(at(file), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as T)
      : [];
  return {
    guard,
    networks,
    links: links.map(([a, b]) => `${a} → ${b}`),
    async restart(pod, files) {
      if (guard.ended(pod) === undefined && existsSync(at(`etc-${pod}`))) await guard.kill(pod);
      await startEnvoy(pod, files);
    },
    async attack(door, attacks) {
      const answers: string[] = [];
      for (const [mode, group] of byMode(attacks)) {
        writeFileSync(at('mode'), mode);
        writeFileSync(at('requests.json'), JSON.stringify(group.map(({ raw }) => raw.toString('base64'))));
        const { pid } = of('client');
        const args = [
          script('attacker.mjs'),
          of(door).address,
          `${CLIENT_PORT}`,
          at('requests.json'),
          at('answers.json'),
        ];
        await run('nsenter', ['-t', `${pid}`, '-n', process.execPath, ...args]);
        answers.push(...(JSON.parse(readFileSync(at('answers.json'), 'utf8')) as string[]));
      }
      return answers;
    },
    cloud: () => lines<CloudLine>('cloud.log'),
    server: () => lines('server.log'),
    questions: () => lines('dns.log'),
    close: () => guard.close(),
  };
}

function listensOn(network: Network, port: number): boolean {
  return inside(network, 'sh', '-c', `ss -Htuln | grep -c ":${port} " || true`).trim() !== '0';
}

/** A name server and a cloud ask nobody; clients of other namespaces reach what lets them in. */
function isMeant(from: Place, to: Place): boolean {
  if (from === DNS || from === CLOUD) return false;
  return !(from === CLIENT && (to === CLOUD || to === DNS));
}

function namesOf(
  pods: readonly Place[],
  hosts: readonly string[],
  networks: Readonly<Record<string, Network>>,
) {
  return Object.fromEntries([
    ...pods.map(({ name, namespace }) => [`${name}.${namespace}.svc.cluster.local`, networks[name]?.address]),
    ...hosts.map((host) => [host, networks.cloud?.address]),
  ]);
}

function byMode(attacks: readonly Attack[]): Map<string, Attack[]> {
  const groups = new Map<string, Attack[]>();
  for (const one of attacks) groups.set(one.server, [...(groups.get(one.server) ?? []), one]);
  return groups;
}
