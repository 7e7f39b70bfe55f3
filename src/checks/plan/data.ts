import { admissible } from '../../compliance/admissible.js';
import { circumstancesOf } from '../../compliance/circumstances.js';
import { RULES } from '../../compliance/rules.js';
import type { DataCheckId } from '../../compliance/ruling.js';
import type { PlanCheck, PlanFinding } from './planned.js';
import { proposalOf } from './proposal.js';

const CHECKS: Readonly<Record<DataCheckId, { readonly title: string; readonly why: string }>> = {
  'data/class': {
    title: 'it is said what leaves the company',
    why: 'without the class of the data nobody can tell whether it may go to a cloud at all',
  },
  'data/private-only': {
    title: 'sensitive data stays on machines of one’s own',
    why: 'what a provider has received cannot be called back; contracts do not change that',
  },
  'data/residency': {
    title: 'data is processed where it was promised',
    why: 'the place is a matter of the host that is called; the usual host of a provider is rarely the regional one',
  },
  'data/cross-border': {
    title: 'personal information crosses borders on a legal ground',
    why: 'a call of an API abroad is an export of data, however small',
  },
  'data/fallback': {
    title: 'a fallback carries only what it may',
    why: 'the leak of a hybrid is its fallback: the private server fails, and its requests go to the cloud',
  },
  'data/domestic-provider': {
    title: 'a provider of the own country is looked at first',
    why: 'compliance, latency and support are nearer',
  },
  'data/public-service': {
    title: 'duties towards the public are known',
    why: 'a service to the public in China must be filed before it opens, whoever hosts the model',
  },
};

/** One check for each thing that decides where data may go; `admissible` is the judge of all. */
export const dataChecks: readonly PlanCheck[] = (Object.keys(CHECKS) as DataCheckId[]).map((id) => ({
  id,
  ...CHECKS[id],
  source: `rules of data class, ${Object.keys(RULES).length} with their laws; each finding names its own`,
  inputs: ['data', 'usage.audience', 'organization.country', 'servers', 'gateways', 'cluster.kind'],
  guards: true,
  run: (planned): PlanFinding[] =>
    admissible(circumstancesOf(planned.resolved), proposalOf(planned))
      .filter(({ check }) => check === id)
      .map(({ severity, message, remedy, subject, key }) => ({
        severity,
        message,
        remedy,
        ...(subject !== undefined && { subject }),
        ...(key !== undefined && { key }),
      })),
}));
