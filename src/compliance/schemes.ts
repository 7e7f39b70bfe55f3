import type { ResolvedSelection } from '../selection/resolved.js';
import { type Circumstances, levelOf } from './circumstances.js';
import { RULES, type RuleId } from './rules.js';

export type Scheme = ResolvedSelection['scheme'];

/** What else closes a scheme. */
export interface Means {
  /** Full-time AI engineers. */
  readonly aiEngineers?: number | undefined;
  readonly budget?: ResolvedSelection['budget'];
}

export interface SchemeRuling {
  readonly scheme: Scheme;
  /** `unknown` where a key below must be set first. */
  readonly admissible: 'yes' | 'no' | 'unknown';
  /** What closes it, each with its rule. */
  readonly because: readonly { readonly message: string; readonly rule: RuleId; readonly source: string }[];
  /** Keys that decide and are not set. */
  readonly asks: readonly string[];
}

/** Below this, CNY, the upfront budget is limited: open models on a public cloud start at 100,000 to 200,000. */
const LIMITED_UPFRONT_CNY = 100_000;

const SCHEMES: readonly Scheme[] = ['open-private', 'open-cloud', 'closed-private', 'closed-cloud', 'hybrid'];

/** The hard gates of data class, team and budget for every scheme. What is the best of those left is another question. */
export function admissibleSchemes(circumstances: Circumstances, means: Means): SchemeRuling[] {
  return SCHEMES.map((scheme) => rule(scheme, circumstances, means));
}

/** What would open a scheme where none is admissible, as the selection rules list it. */
export function whatToRelax(rulings: readonly SchemeRuling[]): readonly string[] {
  if (rulings.some(({ admissible }) => admissible !== 'no')) return [];
  return [
    'raise the upfront budget: closed-private, a licensed model that its vendor runs on your machines',
    'hire one or two AI engineers: open-private with a small model, set up by a vendor',
    'take what is sensitive out of the requests: closed-cloud or open-cloud',
  ];
}

function rule(
  scheme: Scheme,
  { classification, personalInformation }: Circumstances,
  { aiEngineers, budget }: Means,
): SchemeRuling {
  const because: { message: string; rule: RuleId; source: string }[] = [];
  const asks: string[] = [];
  const close = (id: RuleId, message: string) =>
    because.push({ message, rule: id, source: RULES[id].source });

  if (scheme === 'open-cloud' || scheme === 'closed-cloud') {
    if (classification === undefined) asks.push('data.classification');
    else if (levelOf(classification, personalInformation ?? false) === 'high')
      close('private-only', `data.classification is ${classification}: it stays on machines of your own`);
  }
  if (scheme === 'open-private' || scheme === 'hybrid') {
    if (aiEngineers === undefined) asks.push('organization.aiEngineers');
    else if (aiEngineers === 0)
      close(scheme === 'hybrid' ? 'hybrid-team' : 'team-gate', 'organization.aiEngineers is 0');
  }
  if (scheme === 'closed-private') {
    const limited = isLimited(budget);
    if (limited === undefined) asks.push('budget.upfront');
    else if (limited) close('closed-private-budget', `budget.upfront is ${budget?.upfront} CNY`);
  }
  const admissible = because.length > 0 ? 'no' : asks.length > 0 ? 'unknown' : 'yes';
  return { scheme, admissible, because, asks: because.length > 0 ? [] : asks };
}

/** The bands are in CNY: other currencies are not judged. */
function isLimited(budget: Means['budget']): boolean | undefined {
  if (budget?.upfront === undefined || budget.currency !== 'CNY') return undefined;
  return budget.upfront < LIMITED_UPFRONT_CNY;
}
