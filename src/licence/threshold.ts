import type { Use } from './use.js';

/** Whether a limit is exceeded; where it cannot be told, the key that would decide. */
export type Exceeds = boolean | { readonly key: string };

export function usersExceed({ monthlyActiveUsers }: Use, limit: number): Exceeds {
  return monthlyActiveUsers === undefined
    ? { key: 'organization.monthlyActiveUsers' }
    : monthlyActiveUsers > limit;
}

/** A year is at most twelve best months, and its best month at least a twelfth of it: one figure often decides the other. */
export function revenueExceeds(use: Use, limitUsd: number, per: 'month' | 'year'): Exceeds {
  const { annualRevenueUsd: year, monthlyRevenueUsd: month } = use;
  if (per === 'month') {
    if (month !== undefined) return month > limitUsd;
    if (year !== undefined && year <= limitUsd) return false;
    if (year !== undefined && year / 12 > limitUsd) return true;
    return { key: 'organization.monthlyRevenueUsd' };
  }
  if (year !== undefined) return year > limitUsd;
  if (month !== undefined && month * 12 <= limitUsd) return false;
  if (month !== undefined && month > limitUsd) return true;
  return { key: 'organization.annualRevenueUsd' };
}
