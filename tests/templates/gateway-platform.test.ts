import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/inspect/types.js';
import { templates } from '../../templates/registry.js';
import { changed, type Example, exampleOf, exampleProject } from './example.js';

const folder = join(import.meta.dirname, '../../templates');
const synth = exampleProject(templates);
const example: Example = {
  ...exampleOf(join(folder, 'closed-cloud')),
  providers: {
    claude: {
      profile: 'anthropic',
      translator: 'agentgateway',
      key: { secretRef: { name: 'keys', key: 'claude' } },
    },
  },
  routes: { chat: { targets: [{ provider: 'claude', model: 'claude-opus-5' }] } },
};

/** The example on a cluster of Alibaba Cloud on the mainland, with what its owner says. */
const onAck = (cluster: object) =>
  changed(
    example,
    ['environments', 'production', 'cluster'],
    Object.assign(
      { kind: 'alibaba-ack', mode: 'managed', region: 'cn-hangzhou', capabilities: ['network-policy'] },
      cluster,
    ),
  );

interface Pod {
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly containers: readonly { readonly image: string }[];
}
const podsOf = (objects: readonly KubernetesObject[]) =>
  objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ spec }) => (spec as unknown as { template: { spec: Pod } }).template.spec);

describe('a gateway, its translator and its way out on a cluster with a registry and resolvers of its own', () => {
  let objects: readonly KubernetesObject[];
  beforeAll(() => {
    const { environments, problems } = synth(
      onAck({
        registryMirror: 'registry.example.com/hub',
        imagePullSecretName: 'registry',
        dnsAddresses: ['10.0.0.53/32'],
      }),
    );
    expect(problems).toEqual([]);
    objects = environments[0]?.objects ?? [];
  });

  test('take what docker.io holds from the mirror, and sign in to it', () => {
    const pods = podsOf(objects);
    expect(pods).toHaveLength(3);
    for (const { imagePullSecrets } of pods) expect(imagePullSecrets).toEqual([{ name: 'registry' }]);
    const images = pods.flatMap(({ containers }) => containers.map(({ image }) => image));
    expect(images.filter((image) => image.includes('envoyproxy/envoy'))).toEqual([
      expect.stringMatching(/^registry\.example\.com\/hub\/envoyproxy\/envoy:distroless-v/),
      expect.stringMatching(/^registry\.example\.com\/hub\/envoyproxy\/envoy:distroless-v/),
    ]);
  });

  test('ask the resolvers of the cluster, each by a policy of its own', () => {
    const policies = objects.filter(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.endsWith('-to-dns'),
    );
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
      'gateway-egress-to-dns',
      'gateway-to-dns',
      'gateway-translator-to-dns',
    ]);
    for (const policy of policies) expect(JSON.stringify(policy.spec)).toContain('"cidr":"10.0.0.53/32"');
  });

  test('do not reach where this cloud hands out credentials', () => {
    const out = objects.find(({ metadata }) => metadata.name === 'gateway-egress-to-providers');
    expect(JSON.stringify(out?.spec)).toContain('"except":["169.254.0.0/16","100.100.100.200/32"]');
  });
});

test('without a mirror, mainland nodes are warned of each image that docker.io holds', () => {
  const { environments } = synth(onAck({}));
  const said = environments[0]?.findings.filter(({ check }) => check === 'provider/mainland-registry') ?? [];
  expect(said.map(({ message }) => message)).toEqual([
    'envoyproxy/envoy is on docker.io, which nodes in mainland China do not reach reliably',
  ]);
  expect(JSON.stringify(said)).toContain('m.daocloud.io/docker.io');
  expect(JSON.stringify(said)).not.toContain('vllm-openai');
});
