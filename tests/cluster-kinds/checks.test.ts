import { describe, expect, test } from 'vitest';
import { clusterKindChecks } from '../../src/checks/plan/cluster-kind/all.js';
import { type Change, planChanged } from '../project/resolve.js';
import { pairs } from './pairs.js';

const about = (check: string, change: Change) =>
  planChanged(change).findings.filter((finding) => finding.check === check);

test('each check has a pair of examples', () => {
  expect([...new Set(pairs.map(({ check }) => check))].sort()).toEqual(
    clusterKindChecks.map(({ id }) => id).sort(),
  );
});

describe.each(pairs)('$check, $severity', ({ check, severity, fails, says, passes }) => {
  test(`says '${says}' where it must`, () => {
    const found = about(check, fails).filter((one) => one.severity === severity);
    const finding = found.find(({ message }) => message.includes(says));
    expect(finding, found.map(({ message }) => message).join('; ')).toBeDefined();
    expect(finding?.remedy.length).toBeGreaterThan(0);
    if (severity === 'question') expect(finding?.key).toMatch(/^environments\.production\.cluster/);
    else expect(finding?.subject).toMatch(/^environments\.production\./);
  });

  test('is silent beside it', () => {
    expect(about(check, passes).filter((one) => one.severity === severity)).toEqual([]);
  });
});

test('no check of a kind says anything where no kind is named', () => {
  const ids = clusterKindChecks.map(({ id }) => id).filter((id) => !id.includes('mainland'));
  expect(planChanged().findings.filter(({ check }) => ids.includes(check))).toEqual([]);
});
