import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import { customValidator } from './custom-schemas.js';
import { builtInValidator, metadataValidator, type Version } from './kubernetes-schemas.js';

/** What strict field validation of a Kubernetes minor would refuse in an object; a kind that nobody knows is refused too. */
export function schemaProblems(version: Version, object: KubernetesObject): readonly string[] {
  const kind = `${object.apiVersion}/${object.kind}`;
  const subject = `${object.kind}/${object.metadata.name}`;
  const builtIn = builtInValidator(version, kind);
  if (builtIn) return problemsOf(builtIn, object, subject);
  const custom = customValidator(kind);
  if (!custom) return [`no schema of ${kind} for Kubernetes ${version}`];
  return [
    ...problemsOf(custom, object, subject),
    ...problemsOf(metadataValidator(version), object.metadata, `${subject}/metadata`),
  ];
}

function problemsOf(validate: ValidateFunction, value: unknown, subject: string): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = 'additionalProperty' in params ? ` '${params.additionalProperty}'` : '';
    return `${subject}${instancePath}: ${message}${extra}`;
  });
}
