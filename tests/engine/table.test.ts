import { describe, expect, it } from 'vitest';
import { checkEngineArgs } from '../../src/inspect/engine-args.js';
import { brokenArguments, tableDifferences, tableRefuses } from './argument-cases.js';
import { deployedServers, exactTable, nearestTable, tableVersions } from './deployed.js';
import { containersOfEngineImages } from './engine-images.js';
import { recordResults } from './results.js';

const ASKED_VERSIONS = ['0.19.1', '0.32.0', '0.33.0'];

describe('arguments of the emitted servers', () => {
  const servers = deployedServers();

  it('are found in every container that runs an engine image', () => {
    expect(servers.map(({ id }) => id).sort()).toEqual([...containersOfEngineImages()].sort());
  });

  it.each(servers)('are taken by the table of their version: $id', ({ version, args }) => {
    expect(checkEngineArgs(nearestTable(version), args)).toEqual([]);
  });

  it.each(servers)('name the model first, where every version looks for it: $id', ({ args }) => {
    expect(args[0]).toMatch(/^[^-]/);
  });

  it('are reported with the versions that would take them as they are', () => {
    const rows = servers.map(({ id, version, args }) => {
      const others = tableVersions.filter((other) => checkEngineArgs(exactTable(other), args).length === 0);
      return { id, version, alsoTakenBy: others };
    });
    for (const { id, version, alsoTakenBy } of rows) {
      console.log(
        `${id}: ${version}; taken by ${alsoTakenBy.length} of ${tableVersions.length} tables: ${alsoTakenBy.join(' ')}`,
      );
      expect(alsoTakenBy).not.toEqual([]);
    }
    recordResults({ servers: rows.length, tables: tableVersions.length });
  });
});

describe.each(ASKED_VERSIONS)('the table of %s on mistakes', (version) => {
  it.each(brokenArguments)('$name', (broken) => {
    const problems = checkEngineArgs(exactTable(version), broken.args);
    expect(problems.length > 0, JSON.stringify(problems)).toBe(tableRefuses(broken, version));
  });
});

it('gives a reason for every difference between the tables and the parsers, and uses each', () => {
  const used = brokenArguments.flatMap(({ difference }) => difference ?? []);
  expect([...new Set(used)].sort()).toEqual(Object.keys(tableDifferences).sort());
});
