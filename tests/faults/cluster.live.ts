import { afterAll, beforeAll, expect, it } from 'vitest';
import { findEnvironments } from '../cluster/environments.js';
import type { KubeObject } from '../cluster/kube-object.js';
import { planeApi } from '../cluster/plane-context.js';
import { ensurePrometheus } from '../cluster/prometheus.js';
import { promtoolVersion, ruleProblems } from './layers/check-rules.js';
import { apiServer, type LiveLayer, podSecurity, promtool } from './layers/live-layers.js';
import { openShowingPlace, type ShowingPlace } from './layers/shown-to-server.js';
import type { Planted } from './plant.js';
import { compareWithKept, NO_DIFFERENCE, type Said } from './record.js';
import { plantAll } from './run-faults.js';

const api = planeApi();
const examples = findEnvironments();
/** Their operator writes the pods, which break `restricted`; environment.test.ts holds them against their namespace. */
const OPERATED = ['NIMService', 'NIMCache'];
const all = plantAll();
let place: ShowingPlace;
let kubernetes: string;

beforeAll(async () => {
  const { body } = await api.request<{ gitVersion: string }>('GET', '/version');
  kubernetes = `Kubernetes ${body.gitVersion.replace(/^v/, '')}`;
  place = await openShowingPlace(
    api,
    examples.flatMap(({ objects }) => objects),
  );
});
afterAll(() => place.remove());

/** Asks a layer about every fault that concerns it. */
async function ask(
  { concerns }: LiveLayer,
  question: (
    changed: readonly KubeObject[],
    planted: Planted,
  ) => Promise<readonly string[]> | readonly string[],
): Promise<readonly Said[]> {
  const seen: Said[] = [];
  for (const planted of all.filter(concerns))
    seen.push({ planted, says: await question(planted.changed as readonly KubeObject[], planted) });
  return seen;
}

it('shows faults where the examples themselves are taken', async () => {
  for (const { id, objects } of examples) {
    expect(await place.refusals(objects), id).toEqual([]);
    const own = objects.filter(({ kind }) => !OPERATED.includes(kind));
    expect(await place.insecurePods(own), id).toEqual([]);
  }
});

it('the API server says of each fault what is kept', async () => {
  const seen = await ask(apiServer, (changed) => place.refusals(changed));
  expect(compareWithKept(apiServer, kubernetes, seen)).toEqual(NO_DIFFERENCE);
});

it('Pod Security says of each fault what is kept', async () => {
  const seen = await ask(podSecurity, (changed) => place.insecurePods(changed));
  expect(compareWithKept(podSecurity, kubernetes, seen)).toEqual(NO_DIFFERENCE);
});

it('promtool says of each fault what is kept', async () => {
  const { promtool: program } = await ensurePrometheus();
  const seen = await ask(promtool, (_, { changed }) => ruleProblems(program, changed));
  expect(compareWithKept(promtool, promtoolVersion(program), seen)).toEqual(NO_DIFFERENCE);
});
