import * as z from 'zod';

const existing = z.strictObject({
  name: z.string().min(1).describe('Name of a Secret that exists in the namespace.'),
  key: z.string().min(1).describe('Key of that Secret.'),
});

const stored = z.strictObject({
  store: z.string().min(1).describe('Name of the store that External Secrets reads.'),
  storeKind: z
    .enum(['SecretStore', 'ClusterSecretStore'])
    .default('ClusterSecretStore')
    .describe('Kind of that store.'),
  remoteKey: z.string().min(1).describe('Path or name of the secret in the store.'),
  property: z.string().optional().describe('Field of the secret, where it has several.'),
});

/** A reference to a secret value, never the value: a key of an existing Secret, or of a store that External Secrets reads. */
export const SecretRef = z.union([existing, stored]);
export type SecretRef = z.infer<typeof SecretRef>;

export const Secret = z.strictObject({
  secretRef: SecretRef.describe('Where the value is; the value itself is refused.'),
});
