import { describe, expect, it } from 'vitest';
import { manifestChecks } from '../../../src/checks/manifest/all.js';
import { runChecks } from '../../../src/checks/run.js';
import { inspect } from '../../../src/inspect/inspect.js';
import { base } from './base.js';
import { baseGroup } from './base-group.js';
import { engines } from './engines.js';

describe('manifest checks on a set without faults', () => {
  it.each([
    ['one node per replica', base],
    ['several nodes per replica, behind a pool', baseGroup],
  ])('find nothing: %s', (_, objects) => {
    expect(runChecks(manifestChecks, inspect(objects(), engines))).toEqual([]);
  });
});
