import { type Problem, UserError } from '../../src/error.js';
import type { LicencePlan, LicensedPlan } from '../../src/plan/licensed-plan.js';
import { networkPlan } from '../../src/plan/network.js';
import { nodeSelection } from '../../src/plan/node-selection.js';
import type { ExposurePlan, SecretPlan } from '../../src/plan/plan.js';
import { platformPlan } from '../../src/plan/platform.js';
import { secretKey } from '../../src/plan/secrets.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { type Preset, presets } from './presets.js';
import type { Container } from './section.js';

const DEFAULT_SHUTDOWN_SECONDS = 300;

/** Whether NVIDIA's operator runs the container. */
export function byOperator({ cluster }: ResolvedSelection, { preset }: Container): boolean {
  const known = preset === undefined ? undefined : presets[preset];
  return (known?.operator ?? false) && (cluster.capabilities ?? []).includes('nim-operator');
}

/**
 * The container with the preset's values where the selection gives none.
 * @throws UserError with every value that neither gives.
 */
export function containerPlan(
  resolved: ResolvedSelection,
  container: Container,
  licenceSecret: SecretPlan | null,
  exposure: ExposurePlan | null,
): LicensedPlan {
  const preset = container.preset === undefined ? undefined : presets[container.preset];
  const { cluster } = resolved;
  const capabilities = cluster.capabilities ?? [];
  const given = required(resolved, container, preset);
  const metrics = container.metrics ?? preset?.metrics;
  const documented = metrics === undefined || metrics === 'vendor-does-not-document' ? null : metrics;
  const monitored = capabilities.includes('prometheus-operator');
  const storage = container.storage;
  const operator = byOperator(resolved, container);
  return {
    name: 'server',
    ...given,
    preset: container.preset ?? null,
    image: imageOf(container.image),
    imagePullSecret: container.imagePullSecretName ?? cluster.imagePullSecretName ?? null,
    servedModelName: container.servedModelName,
    command: container.command ?? [],
    args: container.args ?? [],
    env: [
      // The operator mounts its cache where it pleases, and says so itself.
      ...(storage && preset?.storage && !operator
        ? [{ name: preset.storage.variable, value: storage.mountPath ?? preset.storage.mountPath }]
        : []),
      ...(container.cudaBaseImage === false ? driverVariables(resolved, container) : []),
      ...Object.entries(container.env ?? {}).map(([name, value]) => ({ name, value })),
    ],
    accelerator: acceleratorOf(resolved, container),
    resources: {
      ...container.resources,
      sharedMemoryGib: container.resources.sharedMemoryGib ?? preset?.sharedMemoryGib ?? 0,
    },
    licence: licenceOf(container, preset, licenceSecret),
    startupBudgetSeconds: container.startupSeconds,
    shutdownSeconds: container.shutdownSeconds ?? DEFAULT_SHUTDOWN_SECONDS,
    storage: storage
      ? {
          mountPath: storage.mountPath ?? preset?.storage?.mountPath ?? '',
          sizeGib: storage.sizeGib,
          storageClass: cluster.storageClass?.shared ?? cluster.storageClass?.nodeBound ?? null,
          shared: cluster.storageClass?.shared !== undefined,
        }
      : null,
    egressHosts: container.egressHosts,
    metrics: documented,
    monitored: monitored ? { labels: cluster.prometheus?.labels ?? {} } : null,
    eulaAcceptedBy: container.eulaAcceptedBy ?? null,
    replicas: container.replicas ?? 1,
    network: { ...networkPlan(resolved, exposure, monitored && documented !== null), downloadEgress: false },
    platform: platformPlan(resolved),
    operator,
  };
}

/** What must come from the selection or from the preset. */
function required(
  { placeOf, keyPrefix }: ResolvedSelection,
  container: Container,
  preset: Preset | undefined,
) {
  const vendor = container.vendor ?? preset?.vendor;
  const port = container.port ?? preset?.port;
  const wire = container.wire ?? preset?.wire;
  const user = container.user ?? preset?.user;
  const probes = container.probes ?? preset?.probes;
  const { licence, storage } = container;
  const missing: [boolean, string, string][] = [
    [vendor === undefined, 'vendor', 'who licenses it'],
    [port === undefined, 'port', 'the port that it listens on'],
    [wire === undefined, 'wire', 'openai-chat, or custom'],
    [user === undefined, 'user', 'uid and gid that the image is built for'],
    [probes === undefined, 'probes', 'startup, liveness and readiness, or vendor-does-not-document'],
    [
      storage !== undefined && storage.mountPath === undefined && preset?.storage === undefined,
      'storage.mountPath',
      'where it keeps its model',
    ],
    [
      licence.kind === 'env-key' && licence.variable === undefined && preset?.variable === undefined,
      'licence.variable',
      'the variable that carries the key',
    ],
    [
      licence.kind === 'licence-server' && (licence.namespace === undefined) === (licence.cidr === undefined),
      'licence.namespace',
      'exactly one of namespace and cidr: where the licence server is',
    ],
  ];
  const problems = missing.flatMap(([lacks, key, what]): Problem[] =>
    lacks
      ? [
          {
            place: placeOf(['container', ...key.split('.').slice(0, -1)]),
            message: `missing key '${keyPrefix}container.${key}': the vendor gives it, and nothing here invents it`,
            fix: `set it: ${what}`,
          },
        ]
      : [],
  );
  if (
    problems.length > 0 ||
    vendor === undefined ||
    port === undefined ||
    wire === undefined ||
    user === undefined ||
    probes === undefined
  )
    throw new UserError('the licensed container is not described', problems);
  return { vendor, port, wire, user, probes: probes === 'vendor-does-not-document' ? null : probes };
}

function acceleratorOf(resolved: ResolvedSelection, { gpu, licence }: Container) {
  const { cluster } = resolved;
  const id = cluster.accelerator ?? '';
  const kubernetes = { resource: gpu.resource, productLabelKey: 'nvidia.com/gpu.product', productLabels: [] };
  const found = nodeSelection(resolved, { id, kubernetes }, gpu.count);
  const { resource, nodeConditions, taintKeys } = found;
  return {
    id,
    name: id === '' ? gpu.resource : id,
    resource,
    count: gpu.count,
    nodeLabel: licence.kind === 'node-fingerprint' ? licence.nodeLabel : found.nodeLabel,
    nodeConditions,
    tolerationKeys: [...new Set([...taintKeys, ...(cluster.taints ?? [])])],
    runtimeClass: cluster.runtimeClass ?? null,
  };
}

function licenceOf(
  { licence }: Container,
  preset: Preset | undefined,
  secret: SecretPlan | null,
): LicencePlan {
  switch (licence.kind) {
    case 'env-key':
      return { kind: 'env-key', variable: licence.variable ?? preset?.variable ?? '', secret: keyOf(secret) };
    case 'file':
      return { kind: 'file', mountPath: licence.mountPath, secret: keyOf(secret) };
    case 'licence-server': {
      const { host, port, waitImage, namespace, cidr } = licence;
      return {
        kind: 'licence-server',
        host,
        port,
        waitImage,
        at: namespace === undefined ? { cidr: cidr ?? '' } : { namespace },
      };
    }
    default:
      return licence;
  }
}

function keyOf(secret: SecretPlan | null) {
  if (secret === null) throw new Error('a licence by key or file has a secret');
  return secretKey(secret);
}

function imageOf(reference: string) {
  const [name = '', digest = ''] = reference.split('@');
  const colon = name.lastIndexOf(':');
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest };
}

/** Where the driver is on this kind of cluster, for images that do not look there; what the user states wins. */
function driverVariables({ clusterKind }: ResolvedSelection, { env = {} }: Container) {
  return (clusterKind?.driver.environment ?? [])
    .filter(({ name, images }) => images !== 'cuda-12' && !(name in env))
    .map(({ name, value }) => ({ name, value }));
}
