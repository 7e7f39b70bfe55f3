import { Ajv2020 } from 'ajv/dist/2020.js';

/** The part of a Kustomization that environments use; anything else in one is a mistake of ours. */
const validate = new Ajv2020().compile({
  type: 'object',
  required: ['apiVersion', 'kind', 'resources'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: 'kustomize.config.k8s.io/v1beta1' },
    kind: { const: 'Kustomization' },
    resources: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[a-z0-9.-]+\\.yaml$' },
    },
  },
});

export function kustomizationProblems(kustomization: unknown): readonly string[] {
  validate(kustomization);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `kustomization.yaml${instancePath}: ${message}`,
  );
}
