import type { Finding } from '../../../src/checks/check.js';
import { manifestChecks } from '../../../src/checks/manifest/all.js';
import { runChecks } from '../../../src/checks/run.js';
import type { KubernetesObject } from '../../../src/inspect/types.js';
import { read } from '../examples.js';
import type { Planted } from '../plant.js';
import { type Outcome, onlyNew } from './layer.js';

const known = new WeakMap<readonly KubernetesObject[], readonly Finding[]>();

/** Caught where a check says something above `info` that it does not say of the sound set. */
export function askManifestChecks({ sound, faulty }: Planted): Outcome {
  return onlyNew(findings(sound), findings(faulty), {
    key: ({ check, severity, subject, message }) => [check, severity, subject, message].join('|'),
    name: ({ check }) => check,
    text: ({ check, message }) => `${check}: ${message}`,
  });
}

function findings(objects: readonly KubernetesObject[]): readonly Finding[] {
  const found =
    known.get(objects) ??
    runChecks(manifestChecks, read(objects)).filter(({ severity }) => severity !== 'info');
  known.set(objects, found);
  return found;
}
