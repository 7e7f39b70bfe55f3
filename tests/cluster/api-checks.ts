import type { Api } from './api.js';
import type { Environment } from './environments.js';
import { type KubeObject, objectId } from './kube-object.js';
import { podTemplates } from './pod-templates.js';
import { podFrom } from './simulated-controllers.js';
import { droppedFields } from './subset.js';
import { waitUntil } from './wait.js';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export interface DryRun {
  /** Objects that the server refused or warned about, with its words. */
  readonly refused: readonly string[];
  /** Fields that were sent and are not in the answer: behind a closed feature gate the server drops them silently. */
  readonly dropped: readonly string[];
}

/** Shows every object to the API server without storing it, with strict field validation. */
export async function strictDryRun(api: Api, objects: readonly KubeObject[]): Promise<DryRun> {
  const refused: string[] = [];
  const dropped: string[] = [];
  for (const object of objects) {
    const { failure, body } = await api.apply(object, { dryRun: true });
    if (failure) refused.push(`${objectId(object)}: ${failure}`);
    else dropped.push(...droppedFields(object, body).map((field) => `${objectId(object)} ${field}`));
  }
  return { refused, dropped };
}

/**
 * Shows a pod of every template to the API server while its namespace enforces the Pod Security that the manifests say,
 * `restricted` where they say nothing: a workload that breaks it is admitted with a warning at most, and then has no pods.
 * A namespace may enforce less only for pods that a controller makes which cannot run here.
 */
export async function refusedPods(
  api: Api,
  { objects, namespaces }: Environment,
): Promise<readonly string[]> {
  const levelOf = (namespace: string): string =>
    objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace)?.metadata
      .labels?.[ENFORCE] ?? 'restricted';
  for (const name of namespaces) {
    const labels = { [ENFORCE]: levelOf(name) };
    await api.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
      { manager: 'security' },
    );
    await waitUntil(`ServiceAccount of ${name}`, async () => {
      const account = {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: name },
      };
      return (await api.get(account)).status === 200 || 'not there';
    });
  }
  const refused: string[] = [];
  for (const template of podTemplates(objects)) {
    const { namespace = 'default' } = template.owner.metadata;
    if (template.realController && levelOf(namespace) !== 'restricted')
      refused.push(`${objectId(template.owner)}: its namespace enforces ${levelOf(namespace)}`);
    const { status, failure } = await api.create(podFrom(template), { dryRun: true });
    // What its controller makes may be warned of; what the manifests hold may not.
    if (template.realController ? failure : status > 299)
      refused.push(`${objectId(template.owner)} ${template.role}: ${failure}`);
  }
  return refused;
}

/** Applies every object again: what changed although nothing changed. */
export async function secondApplyDifferences(
  api: Api,
  objects: readonly KubeObject[],
): Promise<readonly string[]> {
  const differences: string[] = [];
  for (const object of objects) {
    const difference = await secondApply(api, object);
    if (difference) differences.push(`${objectId(object)}: ${difference}`);
  }
  return differences;
}

/** Controllers write in between, so a new resourceVersion counts only when it comes every time. */
async function secondApply(api: Api, object: KubeObject): Promise<string | undefined> {
  let difference: string | undefined;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = (await api.get(object)).body.metadata;
    const { failure, body } = await api.apply(object);
    if (failure) return failure;
    const after = body.metadata;
    if (before.generation !== after.generation)
      return `generation ${before.generation} → ${after.generation}`;
    if (before.resourceVersion === after.resourceVersion) return undefined;
    difference = `resourceVersion ${before.resourceVersion} → ${after.resourceVersion}`;
  }
  return difference;
}
