import type { Term } from '../catalog/licence-terms.js';
import { liesIn } from '../catalog/territory.js';
import { type Exceeds, revenueExceeds, usersExceed } from './threshold.js';
import type { Use } from './use.js';

/** How a use stands towards one term. */
export type Standing =
  | { readonly state: 'holds' }
  /** `fact`: what of the company or its use breaks it. */
  | { readonly state: 'fails'; readonly fact: string }
  /** `key`: what the selection must say. */
  | { readonly state: 'unsaid'; readonly key: string };

const HOLDS: Standing = { state: 'holds' };

/** Whether a term holds for this company and this use. */
export function standing(term: Term, use: Use): Standing {
  switch (term.about) {
    case 'commercial-use':
      return use.commercial ? fails('commercial use, inside the company included') : HOLDS;
    case 'monthly-users':
      return limit(usersExceed(use, term.above), `${count(use.monthlyActiveUsers)} monthly active users`);
    case 'revenue':
      return revenue(term, use);
    case 'territory':
      return territory(term.excludes, use);
    case 'product': {
      if (use.product === undefined) return { state: 'unsaid', key: 'usage.product' };
      return term.excludes.includes(use.product) ? fails(`usage.product: ${use.product}`) : HOLDS;
    }
    // A ban on what one does later: unsaid, it becomes a duty.
    case 'outputs':
      return use.trainsModels ? fails('usage.trainsModels: true') : HOLDS;
  }
}

function revenue({ aboveUsd, per, product }: Extract<Term, { about: 'revenue' }>, use: Use): Standing {
  const known = use.product !== undefined && product !== undefined;
  if (known && use.product !== product) return HOLDS;
  const exceeds = revenueExceeds(use, aboveUsd, per);
  if (exceeds === false) return HOLDS;
  if (product !== undefined && use.product === undefined) return { state: 'unsaid', key: 'usage.product' };
  return limit(exceeds, `a revenue above US$${count(aboveUsd)} a ${per}`);
}

function territory(excludes: readonly string[], { country }: Use): Standing {
  if (country === undefined) return { state: 'unsaid', key: 'organization.country' };
  return excludes.some((one) => liesIn(country, one)) ? fails(`organization.country: ${country}`) : HOLDS;
}

function limit(exceeds: Exceeds, fact: string): Standing {
  if (typeof exceeds === 'object') return { state: 'unsaid', key: exceeds.key };
  return exceeds ? fails(fact) : HOLDS;
}

function fails(fact: string): Standing {
  return { state: 'fails', fact };
}

function count(value: number | undefined): string {
  return (value ?? 0).toLocaleString('en-US');
}
