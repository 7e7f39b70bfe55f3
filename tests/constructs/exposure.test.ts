import { describe, expect, it } from 'vitest';
import type { ExposurePlan } from '../../src/plan/plan.js';
import type { Manifest } from './objects.js';
import { built, objectsOf } from './objects.js';
import { byGateway, byIngress, planFixture } from './plan-fixture.js';

const exposed = (exposure: ExposurePlan, change: Partial<ExposurePlan> = {}) =>
  planFixture({}, { exposure: { ...exposure, ...change } });
const kindsOf = (exposure: ExposurePlan, change: Partial<ExposurePlan> = {}) =>
  objectsOf(exposed(exposure, change)).map(({ kind }) => kind);

describe('exposure by Gateway API', () => {
  const route = built(exposed(byGateway), 'HTTPRoute').spec;

  it('lets exactly the listed paths through', () => {
    expect(route.rules[0].matches).toEqual([
      { path: { type: 'Exact', value: '/v1/chat/completions' } },
      { path: { type: 'Exact', value: '/v1/models' } },
    ]);
  });

  it('lets long answers live', () => {
    expect(route.rules[0].timeouts).toEqual({ request: '3600s', backendRequest: '3600s' });
  });

  it('switches the limit off for 0 seconds', () => {
    const { rules } = built(exposed(byGateway, { timeoutSeconds: 0 }), 'HTTPRoute').spec;
    expect(rules[0].timeouts).toEqual({ request: '0s', backendRequest: '0s' });
  });

  it('forwards to the port of the Service', () => {
    const [port] = built(exposed(byGateway), 'Service').spec.ports;
    expect(route.rules[0].backendRefs).toEqual([
      { group: '', kind: 'Service', name: 'server', port: port.port, weight: 1 },
    ]);
  });

  it('makes an own Gateway that ends TLS for this host', () => {
    const { gatewayClassName, listeners } = built(exposed(byGateway), 'Gateway').spec;
    expect(gatewayClassName).toBe('envoy');
    expect(listeners).toEqual([
      {
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        hostname: 'llm.example.internal',
        allowedRoutes: { namespaces: { from: 'Same' } },
        tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'server-tls' }] },
      },
    ]);
    expect(route.parentRefs[0]).toMatchObject({ name: 'server', sectionName: 'https' });
  });

  it('has the certificate made by the issuer', () => {
    const { spec } = built(exposed(byGateway), 'Certificate');
    expect(spec).toMatchObject({
      secretName: 'server-tls',
      dnsNames: ['llm.example.internal'],
      issuerRef: { name: 'corp-ca', kind: 'ClusterIssuer', group: 'cert-manager.io' },
    });
  });

  it('expects an existing TLS Secret where there is no issuer', () => {
    expect(kindsOf(byGateway, { tls: { secretName: 'corp-tls', issuer: null } })).not.toContain(
      'Certificate',
    );
  });

  it('listens without TLS where the plan has none', () => {
    const [listener] = built(exposed(byGateway, { tls: null }), 'Gateway').spec.listeners;
    expect([listener.protocol, listener.port, 'tls' in listener]).toEqual(['HTTP', 80, false]);
  });

  it('joins an existing Gateway and leaves its TLS to its owner', () => {
    const change = { gateway: { name: 'shared', namespace: 'gateways' } };
    const [parent] = built(exposed(byGateway, change), 'HTTPRoute').spec.parentRefs;
    expect(parent).toMatchObject({ name: 'shared', namespace: 'gateways' });
    expect(kindsOf(byGateway, change)).not.toContain('Gateway');
    expect(kindsOf(byGateway, change)).not.toContain('Certificate');
  });

  it('splits more paths than one rule can hold', () => {
    const paths = Array.from({ length: 65 }, (_, i) => `/v1/path-${i}`);
    const { rules } = built(exposed(byGateway, { paths }), 'HTTPRoute').spec;
    expect(rules.map(({ matches }: Manifest) => matches.length)).toEqual([64, 1]);
  });
});

describe('exposure by Ingress', () => {
  const ingress = built(exposed(byIngress), 'Ingress');

  it('lets exactly the listed paths through', () => {
    expect(ingress.spec.rules[0].http.paths.map(({ path, pathType }: Manifest) => [path, pathType])).toEqual([
      ['/v1/chat/completions', 'Exact'],
      ['/v1/models', 'Exact'],
    ]);
  });

  it('forwards to the Service by the name of its port', () => {
    expect(ingress.spec.rules[0].http.paths[0].backend.service).toEqual({
      name: 'server',
      port: { name: 'http' },
    });
  });

  it('tells nginx to wait for long answers and to pass streams on as they come', () => {
    expect(ingress.metadata.annotations).toMatchObject({
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
      'nginx.ingress.kubernetes.io/proxy-send-timeout': '3600',
      'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
    });
  });

  it('gives nginx a day where no limit is wished, for it knows no "off"', () => {
    const { annotations } = built(exposed(byIngress, { timeoutSeconds: 0 }), 'Ingress').metadata;
    expect(annotations['nginx.ingress.kubernetes.io/proxy-read-timeout']).toBe('86400');
  });

  it('tells other classes nothing that only nginx knows', () => {
    const { annotations } = built(
      exposed(byIngress, { ingress: { className: 'traefik' } }),
      'Ingress',
    ).metadata;
    expect(Object.keys(annotations)).toEqual(['cert-manager.io/cluster-issuer']);
  });

  it('ends TLS with the Secret that the issuer fills', () => {
    expect(ingress.spec.tls).toEqual([{ hosts: ['llm.example.internal'], secretName: 'server-tls' }]);
    expect(ingress.metadata.annotations['cert-manager.io/cluster-issuer']).toBe('corp-ca');
  });

  it('names an issuer of the namespace as such', () => {
    const tls = { secretName: 'server-tls', issuer: { name: 'own-ca', kind: 'Issuer' } };
    const { annotations } = built(exposed(byIngress, { tls }), 'Ingress').metadata;
    expect(annotations['cert-manager.io/issuer']).toBe('own-ca');
  });
});

describe('no exposure', () => {
  it('makes no way in from outside', () => {
    const kinds = objectsOf(planFixture()).map(({ kind }) => kind);
    for (const kind of ['Gateway', 'HTTPRoute', 'Ingress', 'Certificate']) expect(kinds).not.toContain(kind);
  });
});
