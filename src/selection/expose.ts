import * as z from 'zod';
import { Secret } from './secret.js';

/** How clients outside the namespace reach the endpoint. */
export const Expose = z.strictObject({
  mode: z.enum(['none', 'internal', 'public']).optional(),
  host: z.string().min(1).optional(),
  via: z.enum(['gateway-api', 'ingress']).optional(),
  /** A cert-manager issuer, or a TLS Secret that exists. */
  tls: z
    .strictObject({
      issuer: z.string().min(1).optional(),
      issuerKind: z.enum(['Issuer', 'ClusterIssuer']).optional(),
      secretName: z.string().min(1).optional(),
    })
    .optional(),
  /** Longest answer, seconds. 0 switches the proxy's limit off. @default 3600 */
  timeoutSeconds: z.int().min(0).optional(),
  /** Exact paths that pass. @default - the OpenAI routes of the model's task */
  paths: z.array(z.string().regex(/^\/[^\s]*$/)).optional(),
  /** Bearer key that clients present. */
  clientKeys: Secret.optional(),
  /** Namespaces whose pods may call the Service directly. */
  allowFrom: z.array(z.string().min(1)).optional(),
});
export type Expose = z.infer<typeof Expose>;
