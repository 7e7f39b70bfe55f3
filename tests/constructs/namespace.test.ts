import { describe, expect, it } from 'vitest';
import { built, objectsOf } from './objects.js';
import { planFixture } from './plan-fixture.js';

describe('the namespace', () => {
  const namespace = built(planFixture(), 'Namespace');

  it.each(['enforce', 'warn', 'audit'])('asks for restricted pods: %s', (mode) => {
    expect(namespace.metadata.labels[`pod-security.kubernetes.io/${mode}`]).toBe('restricted');
  });

  it.each(['enforce', 'warn', 'audit'])('fixes the version of the Pod Security standard: %s', (mode) => {
    expect(namespace.metadata.labels[`pod-security.kubernetes.io/${mode}-version`]).toBe('v1.36');
  });

  it('is not pruned, for it holds the volume', () => {
    expect(namespace.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  });
});

describe('the service accounts', () => {
  const accounts = objectsOf(planFixture()).filter(({ kind }) => kind === 'ServiceAccount');

  it('are one for each workload', () => {
    expect(accounts.map(({ metadata }) => metadata.name)).toEqual(['server', 'weights']);
  });

  it('carry no token', () => {
    expect(accounts.map((account) => account.automountServiceAccountToken)).toEqual([false, false]);
  });
});
