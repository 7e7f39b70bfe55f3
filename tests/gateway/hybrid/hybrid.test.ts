import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitted, sha256 } from '../selection.js';
import { type Attack, attacks, FAMILIES, VARIANTS } from './attacks.js';
import { mergedFiles, misroutingFiles } from './mistakes.js';
import { inside, join } from './networks.js';
import { randomFrom } from './random.js';
import { recordResults } from './results.js';
import { openStage, type Stage } from './stage.js';

const KEYS = {
  cleared: 'test-key-of-the-cleared-client-01',
  uncleared: 'test-key-of-the-uncleared-client-02',
};
const seed = Number(process.env.BERTH_SEED ?? Date.now() % 2 ** 31);

const made = emitted(`
version: 1
name: both
scheme: hybrid
organization: { aiEngineers: 3 }
data: { classification: core, personalInformation: false }
deployments:
  own: { scheme: open-private, model: qwen3-8b, profile: small }
providers:
  qwen: { profile: alibaba-model-studio, key: { secretRef: { name: keys, key: qwen } } }
  ernie: { profile: baidu-qianfan, key: { secretRef: { name: keys, key: ernie } } }
routes:
  inside: { dataClasses: [public, internal, sensitive, important, core], targets: [{ deployment: own }] }
  outside:
    dataClasses: [public]
    targets: [{ provider: qwen, model: qwen3.7-plus }, { provider: ernie, model: ernie-5.1 }, { deployment: own }]
clients:
  cleared: { keySha256: [${sha256(KEYS.cleared)}], dataClasses: [public] }
  uncleared: { keySha256: [${sha256(KEYS.uncleared)}], dataClasses: [internal] }
gateway: { maxBodyMib: 2 }
entry: { routes: { chat: { general: outside, otherwise: inside } } }
expose: { allowFrom: [apps] }
environments:
  production:
    cluster: { accelerator: l40s, gpusPerNode: 1, nodes: 2, storageClass: { shared: cephfs }, capabilities: [network-policy] }
`);

let stage: Stage;
const list = attacks(randomFrom(seed), KEYS);
beforeAll(async () => {
  console.log(
    `seed ${seed} (BERTH_SEED=${seed} repeats it), ${list.length} requests of ${Object.keys(FAMILIES).length} families`,
  );
  stage = await openStage(made);
});
afterAll(async () => {
  recordResults({ seed, families: Object.keys(FAMILIES).length, variants: VARIANTS, ...figures });
  await stage?.close();
});

const figures: Record<string, unknown> = {};

/** What reached the cloud while the requests were sent, counted at its socket, and what the name server was asked. */
async function measured(name: string, door: string, wanted: readonly Attack[] = list) {
  const [lines, asked, served] = [stage.cloud().length, stage.questions().length, stage.server().length];
  const answers = await stage.attack(door, wanted);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const cloud = stage.cloud().slice(lines);
  const bytes = cloud.reduce((sum, line) => sum + (line.bytes ?? 0), 0);
  const marks = cloud.filter(({ body, headers, request }) =>
    JSON.stringify([body, headers, request]).includes('MARK-'),
  );
  const questions = stage.questions().slice(asked);
  const own = stage.server().length - served;
  figures[name] = {
    requests: answers.length,
    cloudConnections: cloud.filter(({ connection }) => connection).length,
    cloudBytes: bytes,
    marksInCloud: marks.length,
    dnsQuestions: questions.length,
    dnsBytes: questions.reduce((sum, one) => sum + one.bytes, 0),
    servedByOwn: own,
  };
  console.log(`${name}: ${JSON.stringify(figures[name])}`);
  return {
    answers,
    bytes,
    marks,
    questions,
    own,
    connections: cloud.filter(({ connection }) => connection).length,
  };
}

const request = (key: string, model: string, headers: readonly string[], text = 'hello'): Attack => {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: text }] });
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    'Host: gateway',
    `Authorization: Bearer ${key}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...headers,
  ];
  return {
    family: 'by hand',
    mark: text,
    raw: Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`),
    server: 'ok',
  };
};

test('the policies join the pods as they are meant to, and the private half with nothing outside', () => {
  expect(stage.links.filter((link) => link.endsWith('→ cloud')).sort()).toEqual([
    'gateway-general-egress → cloud',
  ]);
  expect(stage.links.filter((link) => link.startsWith('gateway-private →')).sort()).toEqual([
    'gateway-private → dns',
    'gateway-private → server',
  ]);
  expect(stage.links.filter((link) => link.startsWith('client →')).sort()).toEqual(['client → gateway']);
});

test('public work by a cleared client does reach the cloud: the way is open', async () => {
  const before = stage.cloud().length;
  const answers = await stage.attack('gateway', [
    request(KEYS.cleared, 'chat', ['x-data-class: public']),
    request(KEYS.cleared, 'outside', ['x-data-class: public']),
  ]);
  expect(answers).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK']);
  const lines = stage.cloud().slice(before);
  expect(lines.filter((line) => line.request !== undefined)).toHaveLength(2);
  expect(JSON.stringify(lines)).not.toContain(KEYS.cleared);
});

test('what proves nothing is answered by the own machines', async () => {
  const served = stage.server().length;
  const answers = await stage.attack('gateway', [
    request(KEYS.cleared, 'chat', []),
    request(KEYS.uncleared, 'chat', ['x-data-class: public']),
    request(KEYS.cleared, 'inside', ['x-data-class: sensitive']),
  ]);
  expect(answers).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK']);
  expect(stage.server().length - served).toBe(3);
});

describe(`${Object.keys(FAMILIES).length} families of attack, ${VARIANTS} variants each`, () => {
  test('at the entry: not one byte reaches the cloud, and names ask for nothing new', async () => {
    const { bytes, connections, marks, questions, own } = await measured('entry', 'gateway');
    expect([connections, bytes, marks]).toEqual([0, 0, []]);
    const cloudHosts = ['dashscope.aliyuncs.com', 'qianfan.baidubce.com'];
    const egress = stage.networks['gateway-general-egress']?.address;
    expect(questions.filter(({ name, from }) => cloudHosts.includes(name) && from !== egress)).toEqual([]);
    expect(
      questions.filter(({ name }) => !cloudHosts.includes(name) && !name.endsWith('.svc.cluster.local')),
    ).toEqual([]);
    expect(own).toBeGreaterThan(list.length / 5);
  });

  test('at the private gateway itself', async () => {
    join(stage.networks.client as never, stage.networks['gateway-private'] as never);
    const { bytes, connections } = await measured('private gateway', 'gateway-private');
    expect([connections, bytes]).toEqual([0, 0]);
  });

  test('at the general gateway itself', async () => {
    join(stage.networks.client as never, stage.networks['gateway-general'] as never);
    const { bytes, connections } = await measured('general gateway', 'gateway-general');
    expect([connections, bytes]).toEqual([0, 0]);
  });
});

describe('with mistakes on purpose', () => {
  test('a general gateway that sends everything to a provider gets nothing that is not proved: the entry does not ask it', async () => {
    await stage.restart('gateway-general', misroutingFiles(made.plan));
    const { bytes, marks } = await measured('misrouting general gateway', 'gateway');
    expect([bytes, marks]).toEqual([0, []]);
  });

  test('a private gateway that falls back on a provider has neither the key nor the way', async () => {
    await stage.restart('gateway-private', { ...mergedFiles(made.plan) });
    const { bytes, connections } = await measured('private gateway with a cloud fallback', 'gateway-private');
    expect([connections, bytes]).toEqual([0, 0]);
    const cloud = stage.networks.cloud?.address ?? '';
    expect(() => inside(stage.networks['gateway-private'] as never, 'ip', 'route', 'get', cloud)).toThrow();
    const privatePods = made.objects.filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.namespace?.endsWith('-private'),
    );
    expect(privatePods).toHaveLength(1);
    expect(JSON.stringify(privatePods)).not.toMatch(/llm-keys|secret/i);
  });

  test('control: one gateway for both halves leaks, so the test can fail', async () => {
    const { merged, client, server, cloud, dns } = stage.networks;
    for (const other of [client, server, cloud, dns]) join(merged as never, other as never);
    await stage.restart('merged', mergedFiles(made.plan));
    const { bytes, marks } = await measured('control: merged gateway', 'merged');
    expect(bytes).toBeGreaterThan(0);
    expect(marks.length).toBeGreaterThan(0);
  });
});
