import { describe, expect, it } from 'vitest';
import { built, objectsOf } from './objects.js';
import { planFixture, storedSecrets } from './plan-fixture.js';

describe('the ExternalSecret', () => {
  const { apiVersion, spec } = built(planFixture({}, { secrets: storedSecrets }), 'ExternalSecret');

  it('is of the version that every supported operator serves', () => {
    expect(apiVersion).toBe('external-secrets.io/v1');
  });

  it('states the defaults that the server would fill in', () => {
    expect(spec.data[0].remoteRef).toEqual({
      key: 'llm/clients',
      property: 'key',
      conversionStrategy: 'Default',
      decodingStrategy: 'None',
      metadataPolicy: 'None',
    });
    expect(spec.refreshInterval).toBe('1h0m0s');
    expect(spec.target).toEqual({ name: 'client-keys', creationPolicy: 'Owner', deletionPolicy: 'Retain' });
  });

  it('reads from the named store into the key that the server refers to', () => {
    expect(spec.secretStoreRef).toEqual({ name: 'vault', kind: 'ClusterSecretStore' });
    expect(spec.data[0].secretKey).toBe('key');
  });
});

describe('a Secret that the user makes', () => {
  it('is not emitted in any form', () => {
    const secrets = storedSecrets.map((secret) => ({ ...secret, via: 'existing' as const }));
    const kinds = objectsOf(planFixture({}, { secrets })).map(({ kind }) => kind);
    expect(kinds).not.toContain('ExternalSecret');
    expect(kinds).not.toContain('Secret');
  });
});
