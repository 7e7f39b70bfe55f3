import { describe, expect, it } from 'vitest';
import { duration, section, table } from '../../src/report/markdown.js';

describe('duration', () => {
  it.each([
    [90, '90 s'],
    [1500, '25 min'],
    [7200, '2 h'],
    [12_000, '3 h 20 min'],
  ])('says %i seconds as %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

describe('table', () => {
  it('keeps pipes and line breaks inside their cell', () => {
    expect(table(['a'], [['x|y\nz']])).toContain('x\\|y z');
  });
});

describe('section', () => {
  it('is left out where it is empty', () => {
    expect(section('Findings', null, '')).toBeNull();
  });
});
