import { beforeAll, describe, expect, it } from 'vitest';
import { trapCoverage } from '../traps/coverage.js';
import { readFaults } from './fault.js';
import { readLiveResults } from './live-results.js';
import { catchers, proofPage } from './proof.js';
import { type FaultRun, runFaults } from './run-faults.js';

const live = readLiveResults();
const faults = readFaults();
let runs: readonly FaultRun[];

// Throws where a fault changes nothing, so that each is really there when the layers are asked.
beforeAll(() => {
  runs = runFaults(live);
}, 600_000);

const runOf = (id: string) => runs.find(({ fault }) => fault.id === id) as FaultRun;
const reachable = faults.filter(({ beyond }) => beyond === undefined).map(({ id }) => id);

describe('the list of faults', () => {
  it('names each of its 112 or more once', () => {
    expect(faults.length).toBeGreaterThanOrEqual(112);
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  });
});

describe('a fault that is planted', () => {
  it.each(reachable)('%s is caught by a layer in each of its examples', (id) => {
    const { placements } = runOf(id);
    expect(placements.length).toBeGreaterThan(0);
    const missed = placements.filter(
      ({ answers }) => ![...answers.values()].some((answer) => answer?.caught),
    );
    expect(missed.map(({ example }) => example.id)).toEqual([]);
  });

  const traps = faults.filter(({ from, beyond }) => from.startsWith('trap') && beyond === undefined);
  it.each(traps.map(({ id, from }) => [id, Number(from.slice(5))] as const))(
    '%s is caught by a check that names trap %i',
    (id, number) => {
      const named = trapCoverage().find((trap) => trap.number === number)?.checks ?? [];
      expect(named).not.toEqual([]);
      const by = catchers(runOf(id));
      expect(
        by.filter((check) => named.includes(check)),
        by.join(', '),
      ).not.toEqual([]);
    },
  );
});

describe('docs/proof.md', () => {
  it('says what the layers say', async () => {
    await expect(proofPage(runs, live)).toMatchFileSnapshot('../../docs/proof.md');
  });
});
