import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../checks/lists/lists.js';
import { base } from '../checks/manifest/base.js';
import { mutate } from '../checks/manifest/mutate.js';
import { strictDryRun } from './api-checks.js';
import type { KubeObject } from './kube-object.js';
import { planeApi } from './plane-context.js';
import { applyAll } from './prerequisites.js';

const api = planeApi();
const objects = (mutation = {}) => mutate(base(), mutation) as readonly KubeObject[];
const [namespace] = objects().filter(({ kind }) => kind === 'Namespace');

// What public scanners look for and Berth has no check for, because nobody could apply it.
describe('the API server refuses', () => {
  beforeAll(async () => {
    expect(await applyAll(api, namespace ? [namespace] : [])).toEqual([]);
    expect((await strictDryRun(api, objects())).refused).toEqual([]);
  });
  afterAll(async () => {
    if (namespace) await api.remove(namespace);
  });

  it.each(entries.flatMap((entry) => (entry.server ? [[entry.what, entry] as const] : [])))(
    '%s',
    async (_, entry) => {
      expect((await strictDryRun(api, objects(entry))).refused).toHaveLength(1);
    },
  );
});
