import type { ResolvedSelection } from '../selection/resolved.js';

/** The company and its use, as far as licences ask. What is absent has not been said. */
export interface Use {
  /** False for research, teaching and what earns nothing. */
  readonly commercial: boolean;
  readonly country?: string | undefined;
  readonly monthlyActiveUsers?: number | undefined;
  readonly annualRevenueUsd?: number | undefined;
  /** Of the best month. */
  readonly monthlyRevenueUsd?: number | undefined;
  readonly product?: ResolvedSelection['usage']['product'];
  /** Whether others use it: false for one's own staff. */
  readonly offered?: boolean | undefined;
  /** Whether answers train or improve other models. */
  readonly trainsModels?: boolean | undefined;
  /** Whether the model itself is trained further. */
  readonly derives: boolean;
}

/** The use that a selection states. A tool for one's own staff is no service to others, whatever else it is. */
export function useOf({
  organization,
  usage,
  serving,
}: Pick<ResolvedSelection, 'organization' | 'usage' | 'serving'>): Use {
  const internal = usage.audience === 'internal';
  return {
    commercial: usage.commercial ?? true,
    country: organization.country,
    monthlyActiveUsers: organization.monthlyActiveUsers,
    annualRevenueUsd: organization.annualRevenueUsd,
    monthlyRevenueUsd: organization.monthlyRevenueUsd,
    product: usage.product ?? (internal ? 'internal-tool' : undefined),
    offered: usage.audience === undefined ? undefined : !internal,
    trainsModels: usage.trainsModels,
    derives: (usage.needsFineTuning ?? false) || (serving?.engineSettings.loraAdapters ?? []).length > 0,
  };
}
