import { describe, expect, it } from 'vitest';
import { countingNotes } from '../../src/plan/service-levels.js';

const notes = (ttftSeconds: number | null, interTokenSeconds: number | null) =>
  countingNotes({
    monitoring: {
      labels: {},
      scrapeIntervalSeconds: 15,
      serviceLevels: { ttftSeconds, interTokenSeconds, availability: null },
      dashboard: null,
    },
  });

describe('countingNotes', () => {
  it('say at which bucket a level is watched that is no boundary', () => {
    expect(notes(2, 0.08)).toEqual([
      'first tokens are watched at 2.5 s, the next bucket of the engine, though the service level is 2 s',
      'gaps between tokens are watched at 0.1 s, the next bucket of the engine, though the service level is 0.08 s',
    ]);
  });

  it('say which level cannot be watched', () => {
    expect(notes(null, 100)).toEqual([
      "gaps between tokens are not watched: the service level of 100 s is beyond the engine's largest bucket of 80 s",
    ]);
  });

  it('are silent where nothing moved, where nothing was asked for, and where nothing is watched', () => {
    expect(notes(2.5, 0.05)).toEqual([]);
    expect(notes(null, null)).toEqual([]);
    expect(countingNotes({ monitoring: null })).toEqual([]);
  });
});
