import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from './api.js';
import { findEnvironments } from './environments.js';
import { type KubeObject, objectId } from './kube-object.js';
import { planeApi } from './plane-context.js';
import { podTemplates } from './pod-templates.js';
import { applyAll, danglingReferences, prerequisites } from './prerequisites.js';
import { recordResults } from './results.js';
import { podFrom } from './simulated-controllers.js';
import { strike } from './stage.js';
import { droppedFields } from './subset.js';
import { waitUntil } from './wait.js';

const api = planeApi();
const environments = findEnvironments();

afterAll(() => recordResults({ environments: environments.length }));

describe.each(environments.map((environment) => [environment.id, environment] as const))(
  '%s on a real API server',
  (_, environment) => {
    const { objects, namespaces } = environment;

    beforeAll(async () => {
      const first = objects.filter(({ kind }) => kind === 'Namespace');
      expect(await applyAll(api, [...first, ...prerequisites(objects)])).toEqual([]);
    });
    afterAll(() => strike(api, { environment, nodes: [] }));

    it('is taken object by object by a strict dry run, every field kept', async () => {
      const refused: string[] = [];
      const dropped: string[] = [];
      for (const object of objects) {
        const { failure, body } = await api.apply(object, { dryRun: true });
        if (failure) refused.push(`${objectId(object)}: ${failure}`);
        else dropped.push(...droppedFields(object, body).map((field) => `${objectId(object)} ${field}`));
      }
      recordResults({ objects: objects.length, refused: refused.length, droppedFields: dropped.length });
      expect({ refused, dropped }).toEqual({ refused: [], dropped: [] });
    });

    it('names no ConfigMap, claim or ServiceAccount that is not there', () => {
      expect(danglingReferences(objects)).toEqual([]);
    });

    it('makes pods that Pod Security restricted admits', async () => {
      const refused: string[] = [];
      for (const name of namespaces) {
        const enforce = { 'pod-security.kubernetes.io/enforce': 'restricted' };
        await api.apply(
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: enforce } },
          { manager: 'security' },
        );
      }
      expect(
        await applyAll(
          api,
          objects.filter(({ kind }) => kind === 'ServiceAccount'),
        ),
      ).toEqual([]);
      await defaultServiceAccounts(api, namespaces);
      for (const template of podTemplates(objects)) {
        const { failure } = await api.create(podFrom(template), { dryRun: true });
        if (failure) refused.push(`${objectId(template.owner)} ${template.role}: ${failure}`);
      }
      expect(refused).toEqual([]);
    });

    it('applies twice without a difference', async () => {
      expect(await applyAll(api, objects)).toEqual([]);
      const differences: string[] = [];
      for (const object of objects) differences.push(...(await secondApply(api, object)));
      recordResults({ secondApplyDiffs: differences.length });
      expect(differences).toEqual([]);
    });
  },
);

/** Applies again and compares. Controllers write in between, so a new resourceVersion counts only if it comes again. */
async function secondApply(client: Api, object: KubeObject): Promise<readonly string[]> {
  let difference = '';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = (await client.get(object)).body.metadata;
    const { failure, body } = await client.apply(object);
    if (failure) return [`${objectId(object)}: ${failure}`];
    const after = body.metadata;
    if (before.generation !== after.generation)
      return [`${objectId(object)}: generation ${before.generation} → ${after.generation}`];
    if (before.resourceVersion === after.resourceVersion) return [];
    difference = `${objectId(object)}: resourceVersion ${before.resourceVersion} → ${after.resourceVersion}`;
  }
  return [difference];
}

async function defaultServiceAccounts(client: Api, namespaces: readonly string[]): Promise<void> {
  for (const namespace of namespaces) {
    await waitUntil(`ServiceAccount of ${namespace}`, async () => {
      const { status } = await client.get({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace },
      });
      return status === 200 || `status ${status}`;
    });
  }
}
