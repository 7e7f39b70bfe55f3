import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labels } from '../kubernetes/labels.js';

/** One value in a store, and the key of the Secret that receives it. */
export interface StoredValue {
  readonly secretName: string;
  readonly key: string;
  readonly store: string;
  readonly storeKind: 'SecretStore' | 'ClusterSecretStore';
  readonly remoteKey: string;

  /**
   * Property inside the remote value, where that is a JSON object.
   *
   * @default - the whole value.
   */
  readonly property?: string;
}

/** Properties for `SecretsFromStore`. */
export interface SecretsFromStoreProps {
  readonly namespace: string;

  /** Installation that the secrets belong to, e.g. the selection's name. */
  readonly instance: string;

  /** Each becomes an ExternalSecret of its own; two for one Secret are an error. */
  readonly values: readonly StoredValue[];

  /**
   * How often the store is read again.
   *
   * @default '1h0m0s'
   */
  readonly refreshInterval?: string;
}

/** Secrets that the External Secrets operator (0.17 or newer: API v1) writes from a store. No value passes through here. */
export class SecretsFromStore extends Construct {
  constructor(scope: Construct, id: string, props: SecretsFromStoreProps) {
    super(scope, id);
    for (const value of props.values) {
      new ApiObject(this, value.secretName, {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: {
          name: value.secretName,
          namespace: props.namespace,
          labels: labels({ name: 'secrets', instance: props.instance, component: 'secrets' }),
        },
        spec: {
          refreshInterval: props.refreshInterval ?? '1h0m0s',
          secretStoreRef: { name: value.store, kind: value.storeKind },
          // Retain: a store that is down for a moment must not take the key from running pods.
          target: { name: value.secretName, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
          data: [
            {
              secretKey: value.key,
              // Defaults that the server fills in: left out, they show as a difference in Argo CD for ever.
              remoteRef: {
                key: value.remoteKey,
                property: value.property,
                conversionStrategy: 'Default',
                decodingStrategy: 'None',
                metadataPolicy: 'None',
              },
            },
          ],
        },
      } satisfies IExternalSecret);
    }
  }
}
