import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/checks/check.js';
import { blocking } from '../../src/checks/run.js';
import { applyWaivers } from '../../src/checks/waivers.js';
import type { Waiver } from '../../src/selection/waiver.js';

const tooLarge: Finding = { check: 'fit/kv-cache', severity: 'error', message: 'too large', remedy: [] };
const unknown: Finding = { check: 'licence/territory', severity: 'question', message: 'where?', remedy: [] };
const accepted: Waiver = { check: 'fit/kv-cache', reason: 'a test', by: 'Ada', until: '2026-12-31' };
const props = { strict: true, checks: [{ id: 'licence/territory', guards: true }] };

describe('applyWaivers', () => {
  test('a waiver marks every finding of its check, and they no longer block', () => {
    const judged = applyWaivers([tooLarge, unknown, tooLarge], [accepted], '2026-11-25');
    const waived = { reason: 'a test', by: 'Ada', until: '2026-12-31' };
    expect(judged).toEqual([{ ...tooLarge, waived }, unknown, { ...tooLarge, waived }]);
    expect(blocking(judged, props)).toEqual([unknown]);
  });

  test.each([
    ['the day before', '2026-12-30', true],
    ['the last day', '2026-12-31', true],
    ['the day after', '2027-01-01', false],
    ['no day at all', undefined, true],
  ])('on %s', (_, asOf, holds) => {
    const judged = applyWaivers([tooLarge], [accepted], asOf);
    expect(judged[0]?.waived !== undefined).toBe(holds);
    expect(judged.map(({ check }) => check)).toEqual(
      holds ? ['fit/kv-cache'] : ['fit/kv-cache', 'waiver/expired'],
    );
    expect(blocking(judged, props)).toHaveLength(holds ? 0 : 1);
  });

  test('an expired waiver says whose it was and does not hide the error', () => {
    const [error, warning] = applyWaivers([tooLarge], [accepted], '2027-01-01');
    expect(error).toEqual(tooLarge);
    expect(warning).toMatchObject({
      severity: 'warning',
      message: 'the waiver of fit/kv-cache by Ada ended on 2026-12-31: a test',
      subject: 'waivers[0]',
    });
  });

  test('of two waivers of one check the one that holds longest counts', () => {
    const later = { ...accepted, by: 'Bob', until: '2027-06-30' };
    expect(applyWaivers([tooLarge], [accepted, later], '2026-11-25')[0]?.waived?.by).toBe('Bob');
    const judged = applyWaivers([tooLarge], [accepted, later], '2027-03-01');
    expect(judged.map(({ check, waived }) => [check, waived?.by])).toEqual([
      ['fit/kv-cache', 'Bob'],
      ['waiver/expired', undefined],
    ]);
  });

  test('a waiver without a finding is said to be unused, expired or not', () => {
    for (const asOf of ['2026-11-25', '2030-01-01']) {
      expect(applyWaivers([unknown], [accepted], asOf)[1]).toMatchObject({
        check: 'waiver/unused',
        severity: 'info',
      });
    }
  });

  test('an id that begins alike is another check', () => {
    const other = { ...tooLarge, check: 'fit/kv-cache-dtype' };
    expect(applyWaivers([other], [accepted], undefined)[0]?.waived).toBeUndefined();
  });
});
