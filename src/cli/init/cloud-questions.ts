import type { Catalog } from '../../catalog/catalog.js';
import { didYouMean } from '../../catalog/nearest.js';
import type { ProviderProfile } from '../../catalog/provider.js';
import { territoryOf } from '../../catalog/territory.js';
import { admissible } from '../../compliance/admissible.js';
import { destinationOf, endpointFor } from '../../compliance/destination.js';
import { Answers, type Partly } from './answers.js';
import { type Choice, choice, type Question } from './question.js';

/** Wires that the gateway passes on as they are. */
const SPOKEN = ['openai', 'azure-openai'];
const OFFERED = 8;

/** A provider with the endpoint that suits the company. */
export interface ProviderOffer {
  readonly provider: ProviderProfile;
  readonly endpoint: ProviderProfile['endpoints'][number];
}

/** The endpoint at home where there is one, if the data may go there; undefined where something speaks against it. */
export function offerOf(id: string, answers: Partly, catalog: Catalog): ProviderOffer | undefined {
  const provider = catalog.provider(id);
  const { country, classification, audience, personalInformation } = answers;
  const home = country === undefined ? undefined : territoryOf(country);
  const endpoint = provider && endpointFor(provider, { residency: home });
  if (!provider || !endpoint || !SPOKEN.includes(endpoint.wire) || endpoint.host.includes('{'))
    return undefined;
  const target = destinationOf(provider, { host: endpoint.host });
  const circumstances = { country, classification, audience, personalInformation };
  const against = admissible(circumstances, { routes: [{ name: 'chat', targets: [target] }] });
  const closed = against.some(({ severity }) => severity === 'error' || severity === 'question');
  return closed ? undefined : { provider, endpoint };
}

/** At home first, verified places before others. */
export function offers(answers: Partly, catalog: Catalog): ProviderOffer[] {
  const rank = ({ endpoint }: ProviderOffer) =>
    (endpoint.jurisdiction === territoryOf(answers.country ?? '') ? 0 : 2) + (endpoint.notVerified ? 1 : 0);
  return catalog
    .ids('providers')
    .flatMap((id) => offerOf(id, answers, catalog) ?? [])
    .sort((a, b) => rank(a) - rank(b) || (a.provider.id < b.provider.id ? -1 : 1));
}

/** Models of providers, through a gateway of one's own. */
export const CLOUD_QUESTIONS: readonly Question[] = [
  {
    key: 'personalInformation',
    kind: 'yes-no',
    asked: ({ classification }) => classification !== 'public',
  },
  {
    key: 'provider',
    kind: 'choice',
    choices: (answers, { catalog }) =>
      offers(answers, catalog)
        .slice(0, OFFERED)
        .map(
          ({ provider, endpoint }): Choice => ({
            ...choice(provider.id, provider.name),
            hint: `${endpoint.host}, ${endpoint.jurisdiction ?? '?'}`,
          }),
        ),
    check: (value, answers, { catalog, texts }) => {
      if (catalog.provider(String(value)) === undefined)
        return texts.wrong.noSuch(String(value), didYouMean(String(value), catalog.ids('providers')) ?? '');
      return offerOf(String(value), answers, catalog) === undefined ? texts.closed.noProvider : undefined;
    },
  },
  {
    key: 'providerModel',
    kind: 'choice',
    open: true,
    fallback: ({ provider = '' }, { catalog }) => catalog.provider(provider)?.models[0]?.id,
    choices: ({ provider = '' }, { catalog }) =>
      (catalog.provider(provider)?.models ?? []).slice(0, OFFERED).map(({ id }) => choice(id)),
  },
  {
    key: 'clientKeySha256',
    kind: 'text',
    check: (value, _, { texts }) =>
      Answers.shape.clientKeySha256.safeParse(value).success ? undefined : texts.wrong.sha256,
  },
];
