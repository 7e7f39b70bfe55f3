import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { heldUnder } from '../../src/catalog/held-under.js';
import type { Term } from '../../src/catalog/licence-terms.js';
import { liesIn } from '../../src/catalog/territory.js';
import type { Use } from '../../src/licence/use.js';
import { licensing } from '../../src/licence/verdict.js';

const catalog = openCatalog(undefined);
const models = catalog.ids('models').flatMap((id) => {
  const model = catalog.model(id);
  return model === undefined ? [] : [{ model, held: heldUnder(model, catalog) }];
});

const anyModel = fc.constantFrom(...models);
const country = fc.constantFrom('DE', 'FR', 'PL', 'CN', 'US');
const monthlyActiveUsers = fc.constantFrom(1000, 800_000_000);

/** Said again in the simplest words, so that a slip in one of the two is seen. */
function breaks(term: Term, use: Use): boolean {
  if (term.about === 'commercial-use') return use.commercial;
  if (term.about === 'monthly-users') return (use.monthlyActiveUsers ?? 0) > term.above;
  if (term.about === 'territory') return term.excludes.some((one) => liesIn(use.country ?? '', one));
  if (term.about === 'product') return use.product !== undefined && term.excludes.includes(use.product);
  if (term.about === 'outputs') return use.trainsModels === true;
  const concerned = term.product === undefined || term.product === use.product;
  return concerned && (use.annualRevenueUsd ?? 0) > term.aboveUsd;
}

describe('all models × {EU, CN, US} × {internal, public} × {1 k, 800 M users}', () => {
  const uses = ['DE', 'CN', 'US'].flatMap((where) =>
    [false, true].flatMap((offered) =>
      [1000, 800_000_000].map(
        (users): Use => ({
          commercial: true,
          country: where,
          monthlyActiveUsers: users,
          offered,
          product: offered ? 'product-feature' : 'internal-tool',
          annualRevenueUsd: users,
          derives: false,
        }),
      ),
    ),
  );

  it('is never allowed where a term fails, never refused without a clause, never silent about the unknown', () => {
    const counts = { allowed: 0, obligations: 0, question: 0, refused: 0 };
    for (const { model, held } of models)
      for (const use of uses) {
        const found = licensing(held, use, false);
        counts[found.verdict] += 1;
        const failing = held.flatMap(({ profile }) => profile?.terms ?? []).some((term) => breaks(term, use));
        if (failing) expect(found.verdict, model.id).toBe('refused');
        if (found.verdict === 'refused' || found.verdict === 'question')
          for (const { clause, source } of found.objections)
            expect(
              [clause, source].every((text) => text !== ''),
              model.id,
            ).toBe(true);
        if (found.verdict === 'allowed' || found.verdict === 'obligations')
          for (const { profile } of held) {
            expect(profile?.commercialUse, model.id).toMatch(/^(yes|conditional)$/);
            expect(profile?.unread, model.id).toBeUndefined();
          }
      }
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(models.length * 12);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
  });
});

describe('any use of any model', () => {
  const anyUse: fc.Arbitrary<Use> = fc.record({
    commercial: fc.boolean(),
    country: fc.option(country, { nil: undefined }),
    monthlyActiveUsers: fc.option(monthlyActiveUsers, { nil: undefined }),
    annualRevenueUsd: fc.option(fc.nat(2_000_000_000), { nil: undefined }),
    monthlyRevenueUsd: fc.option(fc.nat(200_000_000), { nil: undefined }),
    product: fc.constantFrom(
      undefined,
      'internal-tool',
      'product-feature',
      'work-assistant',
      'model-service',
    ),
    offered: fc.option(fc.boolean(), { nil: undefined }),
    trainsModels: fc.option(fc.boolean(), { nil: undefined }),
    derives: fc.boolean(),
  });

  it('is refused where what is said breaks a term', () => {
    fc.assert(
      fc.property(anyModel, anyUse, ({ held }, use) => {
        const terms = held.flatMap(({ profile }) => profile?.terms ?? []);
        if (terms.some((term) => breaks(term, use)))
          expect(licensing(held, use, false).verdict).toBe('refused');
      }),
      { numRuns: 2000 },
    );
  });

  it('gets no milder when less is said', () => {
    const rank = { allowed: 0, obligations: 0, question: 1, refused: 2 };
    fc.assert(
      fc.property(
        anyModel,
        anyUse,
        fc.constantFrom<keyof Use>('country', 'monthlyActiveUsers', 'product'),
        ({ held }, use, key) => {
          const said = licensing(held, use, false).verdict;
          const less = licensing(held, { ...use, [key]: undefined }, false).verdict;
          if (said === 'question') expect(rank[less]).toBeGreaterThanOrEqual(rank.question);
          if (said === 'refused') expect(less).not.toMatch(/^(allowed|obligations)$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('inherits everything through distillation: the base alone is never judged harder', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...models.filter(({ held }) => held.length > 1)),
        anyUse,
        ({ held }, use) => {
          const rank = { allowed: 0, obligations: 1, question: 2, refused: 3 };
          const whole = rank[licensing(held, use, false).verdict];
          for (const one of held)
            expect(rank[licensing([one], use, false).verdict]).toBeLessThanOrEqual(whole);
        },
      ),
    );
  });
});
