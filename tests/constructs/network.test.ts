import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.js';
import type { Manifest } from './objects.js';
import { built, objectsOf } from './objects.js';
import { byIngress, mirrored, planFixture, singleGpu } from './plan-fixture.js';

const policiesOf = (plan: Plan): Manifest[] => objectsOf(plan).filter(({ kind }) => kind === 'NetworkPolicy');
const policy = (name: string, plan = planFixture()): Manifest => built(plan, 'NetworkPolicy', name);
const serverPods = built(planFixture(), 'Deployment').spec.selector.matchLabels;
const downloadPods = built(planFixture(), 'Job').spec.template.metadata.labels;

describe('the network of the namespace', () => {
  it('is closed both ways by default', () => {
    expect(policy('default-deny').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('explains every hole', () => {
    for (const { metadata } of policiesOf(planFixture()))
      expect(metadata.annotations['berth.dev/why']).not.toBe('');
  });

  it('has a hole for each way that the plan names, and no other', () => {
    expect(policiesOf(planFixture()).map(({ metadata }) => metadata.name)).toEqual([
      'default-deny',
      'server-from-namespace',
      'server-from-prometheus',
      'weights-to-dns',
      'weights-to-hub',
    ]);
  });

  it('lets pods of the namespace call the server at its port only', () => {
    expect(policy('server-from-namespace').spec).toEqual({
      podSelector: { matchLabels: serverPods },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8000, protocol: 'TCP' }] }],
    });
  });

  it('lets Prometheus in from its namespace', () => {
    expect(policy('server-from-prometheus').spec.ingress[0].from).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
    ]);
  });

  it('lets nothing out of the server', () => {
    const egress = policiesOf(planFixture()).filter(({ spec }) => spec.egress);
    for (const { spec } of egress) expect(spec.podSelector.matchLabels).not.toEqual(serverPods);
  });
});

describe('the way in for a certificate', () => {
  const entry = { name: 'from-entry', why: 'ingress forwards', from: { namespace: 'ingress-nginx' } };
  const network = { ...singleGpu().network, ingress: [entry] };

  it('lets the entry reach the pod with which cert-manager proves the host', () => {
    const { spec } = policy(
      'server-certificate-from-entry',
      planFixture({ network }, { exposure: byIngress }),
    );
    expect(spec.podSelector.matchLabels).toEqual({ 'acme.cert-manager.io/http01-solver': 'true' });
    expect(spec.ingress[0].ports).toEqual([{ port: 8089, protocol: 'TCP' }]);
  });

  it('is closed where no issuer makes the certificate', () => {
    const exposure = { ...byIngress, tls: { secretName: 'corp-tls', issuer: null } };
    const names = policiesOf(planFixture({ network }, { exposure })).map(({ metadata }) => metadata.name);
    expect(names).not.toContain('server-certificate-from-entry');
  });
});

describe('the way out of the download', () => {
  it('is for its pods only', () => {
    expect(downloadPods).toMatchObject(policy('weights-to-hub').spec.podSelector.matchLabels);
    expect(downloadPods).toMatchObject(policy('weights-to-dns').spec.podSelector.matchLabels);
  });

  it('resolves names by UDP and TCP', () => {
    expect(policy('weights-to-dns').spec.egress[0].ports).toEqual([
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ]);
  });

  it("reaches any address but the instance metadata's, by HTTPS", () => {
    const [rule] = policy('weights-to-hub').spec.egress;
    expect(rule.ports).toEqual([{ port: 443, protocol: 'TCP' }]);
    expect(rule.to[0]).toEqual({ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } });
  });

  it('names the hosts for the owner of an egress proxy', () => {
    expect(policy('weights-to-hub').metadata.annotations['berth.dev/hosts']).toBe(
      'huggingface.co, *.hf.co, *.xethub.hf.co',
    );
  });

  it.each([
    { endpoint: 'https://mirror.example.cn', port: 443 },
    { endpoint: 'http://mirror.example.cn', port: 80 },
    { endpoint: 'http://mirror.example.cn:8081', port: 8081 },
  ])('opens port $port for $endpoint', ({ endpoint, port }) => {
    expect(policy('weights-to-hub', planFixture(mirrored(endpoint))).spec.egress[0].ports[0].port).toBe(port);
  });

  it('is closed where the plan downloads nothing', () => {
    const plan = planFixture({ network: { ...singleGpu().network, downloadEgress: false } });
    expect(policiesOf(plan).filter(({ spec }) => spec.egress)).toEqual([]);
  });
});
