import type { ResolvedSelection } from '../../selection/resolved.js';
import type { ConnectorPlan, SpendPlan } from './gateway-plan.js';

/**
 * What the budget allows and what tokens cost, where budget and every price are known in one currency. What stands in the
 * cluster itself costs nothing by the token.
 */
export function spendPlan(
  { budget, providers }: Pick<ResolvedSelection, 'budget' | 'providers'>,
  connectors: readonly ConnectorPlan[],
): SpendPlan | null {
  if (budget?.monthly === undefined) return null;
  const { currency, monthly } = budget;
  const paid = connectors.filter(({ provider }) => provider !== null);
  const prices = paid.map(({ name, profile, model }) => {
    const list = profile === null ? undefined : providers[profile]?.prices;
    const price = list?.find((one) => one.model === model && one.currency === currency);
    return price && { connector: name, input: price.input, output: price.output };
  });
  const known = prices.filter((price) => price !== undefined);
  return known.length === 0 || known.length < prices.length ? null : { currency, monthly, prices: known };
}
