import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { runChecks } from '../../src/checks/run.js';
import { inspect } from '../../src/inspect/inspect.js';
import { renderPlan } from '../../src/report/plan-markdown.js';
import { CAPABILITIES, type Capability } from '../../src/selection/cluster.js';
import { buildObjects } from '../../src/synth/build-objects.js';
import { openPrivate } from '../../templates/open-private/template.js';
import { planChanged } from '../project/resolve.js';
import { schemaProblems } from '../schemas/validate.js';

/** Everything that this scheme can use, for both ways of exposure. */
const exposed = (via: string) => ({
  expose: {
    mode: 'internal',
    host: 'llm.example.internal',
    via,
    tls: { issuer: 'corp-ca' },
    clientKeys: { secretRef: { store: 'vault', remoteKey: 'llm/clients' } },
  },
  'env.cluster.ingress': { className: 'nginx', namespace: 'ingress-nginx' },
});

interface Removal {
  readonly capability: Capability;
  readonly via: string;
  /** Kinds that are no longer there. */
  readonly without: readonly string[];
  /** What PLAN.md says of it. */
  readonly says: string;
}

const removals: readonly Removal[] = [
  { capability: 'keda', via: 'gateway-api', without: ['ScaledObject'], says: 'autoscaling' },
  {
    capability: 'prometheus-operator',
    via: 'gateway-api',
    without: ['PodMonitor', 'PrometheusRule'],
    says: 'monitoring',
  },
  { capability: 'grafana', via: 'gateway-api', without: ['ConfigMap'], says: 'dashboard' },
  { capability: 'external-secrets', via: 'gateway-api', without: ['ExternalSecret'], says: 'ExternalSecret' },
  {
    capability: 'gateway-api',
    via: 'gateway-api',
    without: ['Gateway', 'HTTPRoute', 'Certificate'],
    says: 'exposure of llm.example.internal',
  },
  { capability: 'ingress', via: 'ingress', without: ['Ingress'], says: 'exposure of llm.example.internal' },
  { capability: 'cert-manager', via: 'gateway-api', without: ['Certificate'], says: 'Certificate' },
  {
    capability: 'network-policy',
    via: 'gateway-api',
    without: [],
    says: 'enforcement of the NetworkPolicies',
  },
];

const catalog = openCatalog(undefined);

function build(capabilities: readonly string[], via: string) {
  const { plan } = planChanged({ ...exposed(via), 'env.cluster.capabilities': capabilities });
  const objects = buildObjects(openPrivate, plan);
  return { plan, objects, kinds: new Set(objects.map(({ kind }) => kind)), page: renderPlan(plan, objects) };
}

describe('a cluster that lacks a capability', () => {
  it.each(removals)(
    'without $capability gets valid manifests, and PLAN.md names what was left out',
    ({ capability, via, without, says }) => {
      const all = build(CAPABILITIES, via);
      const less = build(
        CAPABILITIES.filter((name) => name !== capability),
        via,
      );
      for (const kind of without) {
        expect(all.kinds, `${kind} with ${capability}`).toContain(kind);
        expect(less.kinds, `${kind} without ${capability}`).not.toContain(kind);
      }
      expect(less.objects.flatMap((object) => schemaProblems('1.36', object))).toEqual([]);
      const findings = runChecks(
        manifestChecks,
        inspect(less.objects, (version) => catalog.engine(version)?.table),
      );
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const [, leftOut = ''] = less.page.split('## Left out');
      expect(leftOut.split('\n## ')[0]).toContain(says);
      expect(all.page.split('## Left out')[1]?.split('\n## ')[0] ?? '').not.toContain(says);
    },
  );

  it('has a case for every capability that this scheme uses', () => {
    // Replicas that span nodes are not emitted yet; NVIDIA's operator and a mesh serve other schemes.
    const rest = CAPABILITIES.filter((name) => !removals.some(({ capability }) => capability === name));
    expect(rest).toEqual(['lws', 'nim-operator', 'istio']);
  });

  it('keeps a fixed number of replicas where nothing scales them', () => {
    const { objects } = build(
      CAPABILITIES.filter((name) => name !== 'keda'),
      'gateway-api',
    );
    const server = objects.find(({ kind }) => kind === 'Deployment');
    expect(server).toHaveProperty('spec.replicas', 1);
  });
});
