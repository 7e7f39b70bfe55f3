import fc from 'fast-check';
import { CAPABILITIES, KUBERNETES_VERSIONS } from '../../src/selection/cluster.js';

/** Models that fit every accelerator below on one card, and whose weights ask for no token. */
const MODELS = ['qwen3-0.6b', 'qwen3-4b', 'qwen3-8b', 'qwen3-14b', 'gpt-oss-20b', 'phi-4'];
const ACCELERATORS = ['a100-80-sxm', 'h100-sxm', 'h200'];

const cluster = fc
  .record({
    kubernetes: fc.constantFrom(...KUBERNETES_VERSIONS),
    accelerator: fc.constantFrom(...ACCELERATORS),
    nodes: fc.integer({ min: 1, max: 4 }),
    gpusPerNode: fc.constantFrom(4, 8),
    capabilities: fc.subarray([...CAPABILITIES]),
    gitops: fc.constantFrom('argocd', 'flux', 'none'),
  })
  .map((known) => ({
    ...known,
    // What the capabilities need to be of use.
    nodeMemoryGib: 900,
    storageClass: { shared: 'cephfs', readGibPerSecond: 1 },
    prometheus: { address: 'http://prometheus.monitoring:9090' },
    gateway: { className: 'envoy', namespace: 'envoy-gateway-system' },
    ingress: { className: 'nginx', namespace: 'ingress-nginx' },
  }));

const expose = fc.constantFrom(
  { mode: 'none' },
  { mode: 'internal', host: 'llm.example.internal', tls: { issuer: 'corp-ca' } },
  { mode: 'internal', host: 'llm.example.internal', tls: { secretName: 'llm-tls' }, timeoutSeconds: 0 },
  {
    mode: 'public',
    host: 'llm.example.com',
    tls: { issuer: 'acme' },
    clientKeys: { secretRef: { name: 'clients', key: 'key' } },
  },
);

const weights = fc.constantFrom(
  {},
  { source: 'modelscope' },
  { source: 'mirror', endpoint: 'https://mirror.example.cn' },
  { revision: '0123456789abcdef0123456789abcdef01234567' },
  { token: { secretRef: { store: 'vault', remoteKey: 'llm/hub' } } },
);

const environment = fc.record(
  {
    model: fc.constantFrom(...MODELS),
    cluster,
    expose,
    weights,
    sizing: fc.record({
      gpusPerReplica: fc.constantFrom(1, 2),
      context: fc.constantFrom(2048, 4096, 8192),
      concurrency: fc.integer({ min: 1, max: 32 }),
      replicas: fc.integer({ min: 1, max: 2 }).map((max) => ({ min: 1, max })),
    }),
    engine: fc.record(
      {
        gpuMemoryUtilization: fc.constantFrom(0.8, 0.85, 0.9),
        enforceEager: fc.boolean(),
        servedModelName: fc.constantFrom(['llm'], ['llm', 'gpt-4o']),
        version: fc.constantFrom('0.31.0', '0.32.0'),
        shutdownTimeoutSeconds: fc.integer({ min: 0, max: 600 }),
      },
      { requiredKeys: ['gpuMemoryUtilization'] },
    ),
  },
  { requiredKeys: ['model', 'cluster', 'sizing', 'engine'] },
);

/** Selections most of which can be written: everything that one key needs of another is there. */
export const randomDeployment: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.constantFrom('small', 'medium', 'large'),
    fc.uniqueArray(fc.constantFrom('staging', 'production'), { minLength: 1, maxLength: 2 }),
    environment,
    environment,
  )
  .map(([profile, names, first, second]) => ({
    version: 1,
    name: 'chat',
    scheme: 'open-private',
    organization: { country: 'DE', size: 'mid', industry: 'retail' },
    data: { classification: 'internal', personalInformation: false },
    usage: { audience: 'internal', inputTokens: 500, outputTokens: 200 },
    profile,
    environments: Object.fromEntries(names.map((name, at) => [name, at === 0 ? first : second])),
  }));
