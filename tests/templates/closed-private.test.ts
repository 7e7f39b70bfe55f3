import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { templates } from '../../templates/registry.js';
import { customValidator } from '../schemas/custom-schemas.js';
import { changed, exampleOf, exampleProject } from './example.js';

const synth = exampleProject(templates);
const example = exampleOf(join(import.meta.dirname, '../../templates/closed-private'));
const digest = `sha256:${'b'.repeat(64)}`;

/** The example with keys of its container changed. */
function container(change: Record<string, unknown>) {
  const merged = { ...(example.container as object), ...change };
  return changed(
    example,
    ['container'],
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)),
  );
}

const bare = {
  preset: undefined,
  vendor: 'A vendor',
  port: 9000,
  wire: 'custom',
  user: { uid: 1001, gid: 1001 },
  probes: 'vendor-does-not-document',
  metrics: 'vendor-does-not-document',
  storage: undefined,
};
const messages = (selection: ReturnType<typeof container>) =>
  synth(selection).problems.map(({ place, message, fix }) => `${place?.line}: ${message} → ${fix}`);

function objectsOf(selection: ReturnType<typeof container>) {
  const { environments, problems } = synth(selection);
  expect(problems.map(({ id, message }) => `${id} ${message}`)).toEqual([]);
  return environments[0]?.objects ?? [];
}
const podOf = (objects: ReturnType<typeof objectsOf>) =>
  // biome-ignore lint/suspicious/noExplicitAny: a manifest is read as it was written
  (objects.find(({ kind }) => kind === 'Deployment') as any)?.spec.template.spec;

describe('a licensed container', () => {
  test('without a digest is refused at its line', () => {
    expect(messages(container({ image: 'nvcr.io/nim/vendor/model:1.0.0' }))[0]).toMatch(
      /^\d+: container.image.*repository:tag@sha256/,
    );
  });

  test('with a key pasted into it is refused, and the key is not repeated', () => {
    const pasted = `nvapi-${'Ab3dEf9hIj1kLm5n'.repeat(3)}`;
    const [first, ...more] = messages(container({ env: { NGC_API_KEY: pasted } }));
    expect(first).toMatch(/must not stand in a file/);
    expect([first, ...more].join()).not.toContain(pasted);
  });

  test('gets nothing that its vendor did not give', () => {
    const { preset, storage, ...nothing } = container({}).container as Record<string, unknown>;
    expect(messages(changed(example, ['container'], nothing)).join('\n')).toMatch(
      /container.vendor[\s\S]*container.port[\s\S]*container.wire[\s\S]*container.user[\s\S]*container.probes[\s\S]*container.licence.variable/,
    );
  });

  test('runs with what it was given, and the open port where no probe is documented', () => {
    const pod = podOf(objectsOf(container({ ...bare, licence: { kind: 'contract-only' } })));
    expect(pod.containers[0].startupProbe).toEqual({
      tcpSocket: { port: 'http' },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 180,
    });
    expect(pod.containers[0].livenessProbe.tcpSocket).toEqual({ port: 'http' });
    expect(pod.securityContext.runAsUser).toBe(1001);
    expect(pod.containers[0].ports).toEqual([{ name: 'http', containerPort: 9000 }]);
  });

  test('waits for its licence server, and may call it and nobody else', () => {
    const licence = {
      kind: 'licence-server',
      host: 'auth.licence.svc',
      port: 8443,
      namespace: 'licence',
      waitImage: `busybox:1.37.0@${digest}`,
    };
    const objects = objectsOf(container({ ...bare, licence }));
    expect(podOf(objects).initContainers[0].args).toEqual(['auth.licence.svc', '8443']);
    const out = objects.filter(
      ({ kind, spec }) =>
        kind === 'NetworkPolicy' && (spec as { policyTypes: string[] }).policyTypes.join() === 'Egress',
    );
    expect(out.map(({ metadata }) => metadata.name).sort()).toEqual(['server-to-dns', 'server-to-licence']);
    expect(messages(container({ ...bare, licence: { ...licence, namespace: undefined } }))[0]).toMatch(
      /exactly one of namespace and cidr|licence.namespace/,
    );
  });

  test('reads a licence file, and lands on licensed nodes', () => {
    const file = podOf(
      objectsOf(
        container({
          ...bare,
          licence: {
            kind: 'file',
            mountPath: '/etc/vendor/licence.lic',
            secretRef: { name: 'licence', key: 'file' },
          },
        }),
      ),
    );
    expect(file.volumes.at(-1).secret).toEqual({
      secretName: 'licence',
      defaultMode: 0o440,
      items: [{ key: 'file', path: 'licence.lic' }],
    });
    const bound = podOf(
      objectsOf(
        container({
          ...bare,
          licence: { kind: 'node-fingerprint', nodeLabel: { key: 'licensed', values: ['yes'] } },
        }),
      ),
    );
    expect(JSON.stringify(bound.affinity)).toContain('"key":"licensed"');
  });

  test('calls out only where that is said', () => {
    const names = (hosts: string[]) =>
      objectsOf(container({ egressHosts: hosts }))
        .filter(({ kind }) => kind === 'NetworkPolicy')
        .map(({ metadata }) => metadata.name);
    expect(names([])).not.toContain('server-to-vendor');
    expect(names(['licence.vendor.example'])).toContain('server-to-vendor');
  });

  test('is a NIMService from a NIMCache where the operator is there', () => {
    const withOperator = changed(
      example,
      ['environments', 'production', 'cluster', 'capabilities'],
      ['network-policy', 'nim-operator', 'prometheus-operator'],
    );
    const objects = objectsOf(withOperator);
    const said = synth(withOperator).environments[0]?.plan.findings.map(({ check }) => check);
    expect(said).toContain('licensed/operator');
    const own = objects.filter(({ apiVersion }) => apiVersion.startsWith('apps.nvidia.com'));
    expect(own.map(({ kind }) => kind).sort()).toEqual(['NIMCache', 'NIMService']);
    expect(objects.some(({ kind }) => kind === 'Deployment')).toBe(false);
    // The cache is filled where its service may run.
    const [cache, service] = ['NIMCache', 'NIMService'].map(
      (wanted) => own.find(({ kind }) => kind === wanted)?.spec as Record<string, unknown>,
    );
    expect(cache?.nodeSelector).toEqual({ 'nvidia.com/gpu.product': 'NVIDIA-L40S' });
    expect([service?.nodeSelector, service?.tolerations]).toEqual([cache?.nodeSelector, cache?.tolerations]);
    expect(JSON.stringify(service)).not.toContain('NIM_CACHE_PATH');
    // Pod Security restricted refuses what the operator makes; the layer `cluster` shows it to an API server.
    const level = (from: typeof objects) =>
      from.find(({ kind }) => kind === 'Namespace')?.metadata.labels?.['pod-security.kubernetes.io/enforce'];
    expect([level(objects), level(objectsOf(example))]).toEqual(['baseline', 'restricted']);
    for (const object of own) {
      const validate = customValidator(`${object.apiVersion}/${object.kind}`);
      expect(validate?.(object), JSON.stringify(validate?.errors)).toBe(true);
    }
  });

  test('is refused where the operator cannot give it its key', () => {
    const operated = (licence: object) =>
      messages(
        changed(
          container({ licence }),
          ['environments', 'production', 'cluster', 'capabilities'],
          ['network-policy', 'nim-operator'],
        ),
      ).join();
    expect(operated({ kind: 'env-key', secretRef: { name: 'ngc', key: 'password' } })).toMatch(
      /the operator reads key NGC_API_KEY of Secret ngc, not password/,
    );
    expect(operated({ kind: 'contract-only' })).toMatch(/hands on a key only/);
    expect(operated({ kind: 'env-key', secretRef: { store: 'vault', remoteKey: 'ngc' } })).toBe('');
  });

  test('says what is not settled: terms, calls, probes, nodes, driver', () => {
    const { environments } = synth(
      changed(
        container({
          ...bare,
          licence: { kind: 'contract-only' },
          egressHosts: ['a.example'],
          eulaAcceptedBy: undefined,
          minDriver: '580',
        }),
        ['environments', 'production', 'cluster', 'nodeLabel'],
        undefined,
      ),
    );
    const found = environments[0]?.plan.findings
      .map(({ check }) => check)
      .filter((check) => check.startsWith('licensed/'));
    expect(found).toEqual([
      'licensed/terms-accepted',
      'licensed/egress',
      'licensed/probes',
      'licensed/nodes',
      'licensed/driver',
    ]);
    const settled = synth(
      changed(container({ minDriver: '570' }), ['environments', 'production', 'cluster', 'driver'], '580'),
    ).environments[0]?.plan.findings;
    expect(settled?.filter(({ check }) => check.startsWith('licensed/'))).toEqual([]);
    const apart = synth(
      changed(container({ replicas: 2 }), ['environments', 'production', 'cluster', 'storageClass'], {
        nodeBound: 'local',
      }),
    );
    expect(apart.problems[0]?.message).toContain('2 pods share one volume');
    const old = synth(
      changed(container({ minDriver: '590' }), ['environments', 'production', 'cluster', 'driver'], '580'),
    );
    expect(old.problems[0]?.message).toContain('driver 580 is older than 590');
  });
});

describe('licensed weights', () => {
  const weights = (extra: object) => ({
    version: 1,
    name: 'chat',
    scheme: 'closed-private',
    model: 'mistral-large-2407',
    weights: { token: { secretRef: { name: 'hub', key: 'token' } } },
    agreement: { vendor: 'Mistral AI', reference: 'MC-2026-4', signedBy: 'the CFO' },
    environments: {
      production: {
        profile: 'large',
        sizing: { gpusPerReplica: 8, replicas: { min: 1, max: 1 } },
        cluster: {
          accelerator: 'h100-sxm',
          gpusPerNode: 8,
          nodes: 1,
          storageClass: { shared: 'cephfs' },
          capabilities: ['network-policy'],
        },
      },
    },
    ...extra,
  });

  test('are served once the agreement answers what the public licence forbids', () => {
    expect(synth(weights({})).problems.map(({ id }) => id)).toEqual(['licence/commercial-use']);
    const waived = weights({
      waivers: [
        {
          check: 'licence/commercial-use',
          reason: 'commercial licence MC-2026-4',
          by: 'legal',
          until: '2027-06-30',
        },
      ],
    });
    const { environments, problems } = synth(waived);
    expect(problems).toEqual([]);
    expect(environments[0]?.plan.assumptions.join()).toContain('MC-2026-4');
  });

  test('and a container at once are refused, as is neither', () => {
    expect(synth({ ...weights({}), container: example.container }).problems[0]?.message).toMatch(
      /exactly one of container and agreement/,
    );
    expect(synth(changed(example, ['container'], undefined)).problems[0]?.message).toMatch(/exactly one of/);
  });
});
