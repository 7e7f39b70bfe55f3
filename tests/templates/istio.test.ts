import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templates } from '../../templates/registry.js';
import { changed, exampleOf, exampleProject } from './example.js';

const folder = join(import.meta.dirname, '../../templates');
const synth = exampleProject(templates);
const example = changed(
  changed(exampleOf(join(folder, 'closed-cloud')), ['gateway'], { egress: { names: 'istio' } }),
  ['environments', 'production', 'cluster'],
  { capabilities: ['network-policy', 'istio'] },
);
/** Ports that the sidecar takes in the pod's network. Source: istio.io, application requirements. */
const TAKEN = [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090];

function made(selection: typeof example) {
  const { environments, problems } = synth(selection);
  expect(problems).toEqual([]);
  const objects = environments[0]?.objects ?? [];
  const pods = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata, spec }) => ({ name: metadata.name, ...(spec as { template: Pod }).template }));
  return { objects, pods, kinds: (kind: string) => objects.filter((one) => one.kind === kind) };
}
interface Pod {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly { readonly ports: readonly { readonly containerPort: number }[] }[];
  };
}
const watched = (pods: ReturnType<typeof made>['pods']) =>
  pods
    .filter(({ metadata }) => metadata.labels['sidecar.istio.io/inject'] === 'true')
    .map(({ name }) => name);

describe('a way out that a mesh watches', () => {
  const { objects, pods, kinds } = made(example);

  test('knows the hosts of the providers, and passes on nothing else', () => {
    expect(kinds('ServiceEntry').map(({ spec }) => spec)).toEqual([
      {
        hosts: ['dashscope.aliyuncs.com', 'qianfan.baidubce.com'],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
        ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
        exportTo: ['.'],
      },
    ]);
    expect(kinds('Sidecar').map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      ['gateway-egress', expect.objectContaining({ outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })],
    ]);
  });

  test('is that of the pods that go out, whose own ports the sidecar leaves alone', () => {
    expect(watched(pods)).toEqual(['gateway-egress']);
    for (const { spec } of pods)
      for (const { containerPort } of spec.containers.flatMap(({ ports }) => ports))
        expect(TAKEN).not.toContain(containerPort);
  });

  test('stays closed by NetworkPolicies: a sidecar can be got around', () => {
    const names = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name);
    expect(names).toContain('gateway-egress-to-providers');
    expect(names).toContain('gateway-egress-to-istiod');
  });

  test('has one list of hosts where several go out by themselves', () => {
    const claude = {
      profile: 'anthropic',
      translator: 'agentgateway',
      key: { secretRef: { name: 'k', key: 'c' } },
    };
    const direct = changed(
      changed(changed(example, ['providers', 'claude'], claude), ['routes', 'deep'], {
        targets: [{ provider: 'claude', model: 'claude-opus-5' }],
      }),
      ['gateway'],
      { egress: { via: 'direct', names: 'istio' } },
    );
    const all = made(direct);
    expect(all.kinds('ServiceEntry')).toHaveLength(1);
    expect(watched(all.pods).sort()).toEqual(['gateway', 'gateway-translator']);
    for (const { spec } of all.pods)
      for (const { containerPort } of spec.containers.flatMap(({ ports }) => ports))
        expect(TAKEN).not.toContain(containerPort);
  });
});

test('without the capability its objects are refused before a cluster does', () => {
  const { problems } = synth(
    changed(example, ['environments', 'production', 'cluster'], { capabilities: ['network-policy'] }),
  );
  expect(problems.map(({ id, message }) => [id, message])).toEqual([
    ['gateway/egress', expect.stringContaining('cluster.capabilities does not name it')],
  ]);
});
