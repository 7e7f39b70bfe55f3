import * as z from 'zod';
import { mustBe } from '../catalog/issue-message.js';
import { Secret } from './secret.js';

const name = z.string().min(1);

/** How clients outside the namespace reach the endpoint. */
export const Expose = z.strictObject({
  mode: z
    .enum(['none', 'internal', 'public'])
    .optional()
    .describe('Who may reach the endpoint from outside the namespace. Default: none.'),
  host: name.optional().describe('Host name of the endpoint, e.g. llm.example.internal.'),
  via: z.enum(['gateway-api', 'ingress']).optional().describe('Default: what the cluster can.'),
  tls: z
    .strictObject({
      issuer: name.optional().describe('cert-manager issuer of the certificate.'),
      issuerKind: z.enum(['Issuer', 'ClusterIssuer']).optional().describe('Default: ClusterIssuer.'),
      secretName: name.optional().describe('TLS Secret that exists, or the name of the one to issue.'),
    })
    .optional()
    .describe('A cert-manager issuer, or a TLS Secret that exists.'),
  timeoutSeconds: z
    .int()
    .min(0)
    .optional()
    .describe("Longest answer, seconds; 0 switches the proxy's limit off. Default: 3600."),
  paths: z
    .array(z.string().regex(/^\/[^\s]*$/, mustBe('a path such as /v1/models')))
    .optional()
    .describe("Exact paths that pass. Default: the OpenAI routes of the model's task."),
  clientKeys: Secret.optional().describe('Bearer key that clients present, by reference.'),
  allowFrom: z.array(name).optional().describe('Namespaces whose pods may call the Service directly.'),
});
export type Expose = z.infer<typeof Expose>;
