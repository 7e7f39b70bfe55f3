import { afterAll, expect, it } from 'vitest';
import { type Environment, findEnvironments } from './environments.js';
import { objectId } from './kube-object.js';
import { planeApi } from './plane-context.js';
import { type Stage, stageEnvironment, strike, waitUntilGone, waitUntilReady } from './stage.js';
import { isReady, podsOf } from './workloads.js';

const api = planeApi();
const environments = findEnvironments();
const pair = firstOfTwoSelections(environments);

afterAll(async () => {
  for (const environment of pair) await strike(api, environment, 'neighbour-');
});

it('gives no object of one environment the identity of another one', () => {
  const owners = new Map<string, string>();
  const clashes: string[] = [];
  for (const { id, objects } of environments) {
    for (const object of objects) {
      const identity = `${object.apiVersion.replace(/\/.*/, '')} ${objectId(object)}`;
      const other = owners.get(identity);
      if (other && other !== id) clashes.push(`${identity}: ${other} and ${id}`);
      owners.set(identity, id);
    }
  }
  expect(clashes).toEqual([]);
});

it('runs two selections beside each other in one cluster, and removing one leaves the other alone', async () => {
  expect(pair.length, 'selections in dist').toBe(2);
  const stages: Stage[] = [];
  for (const [index, environment] of pair.entries()) {
    await waitUntilGone(api, environment.namespaces);
    stages.push(await stageEnvironment(api, environment, { name: `neighbour-${index}` }));
  }
  const [first, second] = stages as [Stage, Stage];
  await waitUntilReady(api, first);
  await waitUntilReady(api, second);
  const before = (await podsOf(api, second.workloads)).filter(isReady).map(({ metadata }) => metadata.uid);
  for (const object of first.environment.objects) {
    if (object.kind !== 'Namespace') await api.remove(object);
  }
  await waitUntilReady(api, second);
  const after = (await podsOf(api, second.workloads)).filter(isReady).map(({ metadata }) => metadata.uid);
  expect(after.sort()).toEqual(before.sort());
});

function firstOfTwoSelections(all: readonly Environment[]): readonly Environment[] {
  const selection = ({ id }: Environment) => id.split('/')[0];
  const [first] = all;
  const second = all.find((environment) => first && selection(environment) !== selection(first));
  return [first, second].filter((environment) => environment !== undefined);
}
