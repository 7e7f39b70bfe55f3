import * as z from 'zod';

/** A reference to a secret value, never the value: a key of an existing Secret, or of a store that External Secrets reads. */
export const SecretRef = z.union([
  z.strictObject({ name: z.string().min(1), key: z.string().min(1) }),
  z.strictObject({ store: z.string().min(1), storeKind: z.enum(['SecretStore', 'ClusterSecretStore']).default('ClusterSecretStore'), remoteKey: z.string().min(1), property: z.string().optional() }),
]);
export type SecretRef = z.infer<typeof SecretRef>;

export const Secret = z.strictObject({ secretRef: SecretRef });
