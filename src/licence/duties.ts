import type { HeldUnder } from '../catalog/held-under.js';
import type { Duty, Term } from '../catalog/licence-terms.js';
import { type Exceeds, revenueExceeds, usersExceed } from './threshold.js';
import type { Use } from './use.js';

/** One thing that must be done, with where it comes from. */
export interface Obligation {
  readonly licence: string;
  /** The model that brings it in. */
  readonly of: string;
  readonly duty: Duty['duty'] | 'outputs' | 'non-commercial' | 'gate';
  readonly text: string;
  readonly link: string | null;
  /** Null where it binds now; else the event that makes it bind. */
  readonly only: string | null;
}

const EVENTS: Readonly<Record<Duty['when'], string>> = {
  always: '',
  offering: 'once others than your own staff use a product or service with it',
  distributing: 'once the weights leave the company',
  deriving: 'once a model that was trained with it is distributed',
};

/** What this use brings: duties that bind now, and those that will bind once something happens. */
export function obligations({ id, of, profile }: HeldUnder, use: Use): Obligation[] {
  const from = { licence: id, of };
  return [
    ...(profile?.terms ?? []).flatMap((term) => ofTerm(term, use).map((one) => ({ ...from, ...one }))),
    ...(profile?.duties ?? []).flatMap((duty) => ofDuty(duty, use).map((one) => ({ ...from, ...one }))),
  ];
}

type Unnamed = Omit<Obligation, 'licence' | 'of'>;

/** Terms about conduct bind whoever has kept to them so far. */
function ofTerm(term: Term, use: Use): Unnamed[] {
  if (term.about === 'commercial-use')
    return [{ duty: 'non-commercial', text: term.clause, link: null, only: null }];
  if (term.about !== 'outputs' || use.trainsModels) return [];
  return [{ duty: 'outputs', text: term.clause, link: null, only: null }];
}

function ofDuty({ duty, text, link, when, above }: Duty, use: Use): Unnamed[] {
  const limit = above === undefined ? true : exceedsAny(above, use);
  if (limit === false) return [];
  const event = binds(when, use) ? '' : EVENTS[when];
  const size = typeof limit === 'object' ? inWords(above ?? {}) : '';
  const only = [event, size].filter((part) => part !== '').join(', and ');
  return [{ duty, text, link: link ?? null, only: only === '' ? null : only }];
}

function binds(when: Duty['when'], { offered }: Use): boolean {
  return when === 'always' || (when === 'offering' && offered === true);
}

type Limits = NonNullable<Duty['above']>;

function exceedsAny(limits: Limits, use: Use): Exceeds {
  const found: Exceeds[] = [
    ...(limits.monthlyUsers === undefined ? [] : [usersExceed(use, limits.monthlyUsers)]),
    ...(limits.monthlyRevenueUsd === undefined
      ? []
      : [revenueExceeds(use, limits.monthlyRevenueUsd, 'month')]),
    ...(limits.annualRevenueUsd === undefined ? [] : [revenueExceeds(use, limits.annualRevenueUsd, 'year')]),
  ];
  if (found.includes(true)) return true;
  return found.find((one) => typeof one === 'object') ?? false;
}

function inWords({ monthlyUsers, monthlyRevenueUsd, annualRevenueUsd }: Limits): string {
  const parts = [
    monthlyUsers === undefined ? '' : `${monthlyUsers.toLocaleString('en-US')} monthly active users`,
    monthlyRevenueUsd === undefined
      ? ''
      : `US$${monthlyRevenueUsd.toLocaleString('en-US')} of monthly revenue`,
    annualRevenueUsd === undefined ? '' : `US$${annualRevenueUsd.toLocaleString('en-US')} of yearly revenue`,
  ];
  return `above ${parts.filter((part) => part !== '').join(' or ')}`;
}
