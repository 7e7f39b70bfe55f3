import { describe, expect, it } from 'vitest';
import { maxLoraRank } from '../../src/plan/engine-args.js';
import { volumeGib } from '../../src/plan/weights.js';

describe('volumeGib', () => {
  it.each([
    { files: 61, headroom: 0, expected: 67 }, // 64.05 → 65, + 2
    { files: 61, headroom: 1, expected: 131 }, // 128.1 → 129, + 2
    { files: 13.5, headroom: 0.2, expected: 20 }, // 17.01 → 18, + 2
  ])('$files GiB with $headroom headroom takes $expected GiB', ({ files, headroom, expected }) => {
    expect(volumeGib(files, headroom)).toBe(expected);
  });
});

describe('maxLoraRank', () => {
  it.each([
    { ranks: [8], expected: 8 },
    { ranks: [8, 48], expected: 64 },
    { ranks: [16, 300], expected: 320 },
    { ranks: [600], expected: undefined },
  ])('covers $ranks with $expected', ({ ranks, expected }) => {
    expect(maxLoraRank(ranks)).toBe(expected);
  });
});
