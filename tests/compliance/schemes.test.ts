import { describe, expect, it } from 'vitest';
import { exportRoute } from '../../src/compliance/export-route.js';
import { admissibleSchemes, whatToRelax } from '../../src/compliance/schemes.js';

const verdicts = (...args: Parameters<typeof admissibleSchemes>) =>
  Object.fromEntries(admissibleSchemes(...args).map(({ scheme, admissible }) => [scheme, admissible]));

describe('which schemes are admissible', () => {
  it('N1: none without a team, with sensitive data and little money, and says what to relax', () => {
    const rulings = admissibleSchemes(
      { classification: 'sensitive', personalInformation: true },
      { aiEngineers: 0, budget: { currency: 'CNY', upfront: 50_000 } },
    );
    expect(rulings.map(({ admissible }) => admissible)).toEqual(['no', 'no', 'no', 'no', 'no']);
    for (const { because } of rulings) expect(because[0]?.source).toBeTruthy();
    expect(whatToRelax(rulings)).toHaveLength(3);
  });

  it('N2: open-private is closed without a team', () => {
    const [openPrivate] = admissibleSchemes({ classification: 'internal' }, { aiEngineers: 0 });
    expect(openPrivate).toMatchObject({ admissible: 'no', because: [{ rule: 'team-gate' }] });
  });

  it('closes both clouds to sensitive data, and leaves the private ones and the hybrid to a team with money', () => {
    expect(
      verdicts(
        { classification: 'sensitive' },
        { aiEngineers: 5, budget: { currency: 'CNY', upfront: 800_000 } },
      ),
    ).toEqual({
      'open-private': 'yes',
      'open-cloud': 'no',
      'closed-private': 'yes',
      'closed-cloud': 'no',
      hybrid: 'yes',
    });
  });

  it('asks for what decides, and judges no currency that it has no bands for', () => {
    const rulings = admissibleSchemes({}, { budget: { currency: 'USD', upfront: 5 } });
    expect(rulings.map(({ asks }) => asks)).toEqual([
      ['organization.aiEngineers'],
      ['data.classification'],
      ['budget.upfront'],
      ['data.classification'],
      ['organization.aiEngineers'],
    ]);
    expect(whatToRelax(rulings)).toEqual([]);
  });
});

describe('the ground on which personal information leaves China', () => {
  it.each([
    [undefined, 0, undefined],
    [99_999, 0, 'exempt'],
    [100_000, 0, 'standard-contract'],
    [1_000_000, 0, 'standard-contract'],
    [1_000_001, 0, 'security-assessment'],
    [10, 1, 'standard-contract'],
    [10_001, 10_001, 'security-assessment'],
  ])('%s persons, %s of them sensitive: %s', (persons, sensitive, ground) => {
    expect(exportRoute(persons, sensitive)).toBe(ground);
  });
});
