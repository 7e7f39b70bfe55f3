import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { admissible } from '../../src/compliance/admissible.js';
import type { Circumstances, DataClass } from '../../src/compliance/circumstances.js';
import { destinationOf, endpointFor } from '../../src/compliance/destination.js';
import type { Destination } from '../../src/compliance/proposal.js';
import { RULES } from '../../src/compliance/rules.js';

const catalog = openCatalog(undefined);
const provider = (id: string, use: Parameters<typeof destinationOf>[1] = {}): Destination => {
  const found = catalog.provider(id);
  if (found === undefined) throw new Error(`no provider ${id}`);
  return destinationOf(found, use);
};
const OWN: Destination = { name: 'server', place: 'own' };
const RENTED: Destination = { name: 'gke', place: 'rented', jurisdiction: 'EU' };

const LOW: Circumstances = {
  classification: 'internal',
  personalInformation: false,
  country: 'CN',
  audience: 'internal',
};
const GERMAN: Circumstances = { ...LOW, country: 'DE' };
const one = (target: Destination) => ({ routes: [{ name: 'default', targets: [target] }] });

interface Case {
  readonly name: string;
  readonly circumstances: Circumstances;
  readonly target: Destination;
  /** `severity check rule` of each ruling, in order. */
  readonly rulings: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'N3: sensitive data and an overseas API',
    circumstances: { ...LOW, classification: 'sensitive' },
    target: provider('openai', { host: 'us.api.openai.com' }),
    rulings: [
      'error data/private-only private-only',
      'error data/cross-border pipl-export',
      'warning data/domestic-provider domestic',
    ],
  },
  {
    name: 'sensitive data and a domestic API are no better: R6 closes every API',
    circumstances: { ...LOW, classification: 'sensitive' },
    target: provider('deepseek'),
    rulings: ['error data/private-only private-only'],
  },
  {
    name: 'sensitive data on rented nodes',
    circumstances: { ...GERMAN, classification: 'sensitive' },
    target: RENTED,
    rulings: ['error data/private-only private-only'],
  },
  { name: 'core data at home', circumstances: { ...LOW, classification: 'core' }, target: OWN, rulings: [] },
  {
    name: 'important data and any cloud API',
    circumstances: { ...LOW, classification: 'important' },
    target: provider('baidu-qianfan'),
    rulings: ['error data/private-only important-data'],
  },
  { name: 'internal data and a domestic API', circumstances: LOW, target: provider('deepseek'), rulings: [] },
  {
    name: 'personal information from China to the US without a legal ground',
    circumstances: { ...LOW, personalInformation: true },
    target: provider('openai', { host: 'us.api.openai.com' }),
    rulings: ['error data/cross-border pipl-export', 'warning data/domestic-provider domestic'],
  },
  {
    name: 'the same with a ground that counsel has confirmed',
    circumstances: { ...LOW, personalInformation: true, exportBasis: 'standard-contract' },
    target: provider('openai', { host: 'us.api.openai.com' }),
    rulings: ['warning data/domestic-provider domestic'],
  },
  {
    name: 'the same with more persons than the ground carries',
    circumstances: {
      ...LOW,
      personalInformation: true,
      exportBasis: 'standard-contract',
      exportedPersons: 2_000_000,
    },
    target: provider('openai', { host: 'us.api.openai.com' }),
    rulings: ['warning data/cross-border export-thresholds', 'warning data/domestic-provider domestic'],
  },
  {
    name: 'a ground of another law carries nothing out of China',
    circumstances: { ...LOW, personalInformation: true, exportBasis: 'adequacy', exportedPersons: 10 },
    target: provider('mistral'),
    rulings: ['warning data/cross-border export-thresholds', 'warning data/domestic-provider domestic'],
  },
  {
    name: 'personal data from the EU to the US without a ground',
    circumstances: { ...GERMAN, personalInformation: true },
    target: provider('openai', { host: 'us.api.openai.com' }),
    rulings: ['question data/cross-border gdpr-transfer'],
  },
  {
    name: 'the default host beside residency EU: nobody says where it processes',
    circumstances: { ...GERMAN, residency: 'EU' },
    target: provider('openai'),
    rulings: ['error data/residency residency'],
  },
  {
    name: 'the regional host beside residency EU',
    circumstances: { ...GERMAN, personalInformation: true, residency: 'EU' },
    target: provider('openai', { host: 'eu.api.openai.com' }),
    rulings: [],
  },
  {
    name: 'EU is not Germany: the promise is the narrower one',
    circumstances: { ...GERMAN, residency: 'DE' },
    target: provider('mistral'),
    rulings: ['error data/residency residency'],
  },
  {
    name: 'a provider by region, and no region',
    circumstances: { ...GERMAN, residency: 'EU' },
    target: provider('aws-bedrock', { key: 'providers.bedrock' }),
    rulings: ['question data/residency residency'],
  },
  {
    name: 'a provider by region, in Frankfurt',
    circumstances: { ...GERMAN, personalInformation: true, residency: 'EU' },
    target: provider('aws-bedrock', { region: 'eu-central-1' }),
    rulings: [],
  },
  {
    name: 'a provider by region, in London: no longer the EU',
    circumstances: { ...GERMAN, residency: 'EU' },
    target: provider('aws-bedrock', { region: 'eu-west-2' }),
    rulings: ['error data/residency residency'],
  },
  {
    name: 'a host that the catalogue does not know',
    circumstances: { ...LOW, residency: 'CN' },
    target: provider('deepseek', { host: 'proxy.example.com' }),
    rulings: ['error data/residency residency', 'warning data/domestic-provider domestic'],
  },
  {
    name: 'a bank that calls its customers’ data internal',
    circumstances: { ...LOW, personalInformation: true, industry: 'banking' },
    target: provider('deepseek'),
    rulings: ['warning data/class sensitive-industry'],
  },
  {
    name: 'a bank at home, on its own machines',
    circumstances: { ...LOW, personalInformation: true, industry: 'banking' },
    target: OWN,
    rulings: [],
  },
  {
    name: 'nothing is said about the data',
    circumstances: { country: 'CN', audience: 'internal' },
    target: provider('deepseek'),
    rulings: ['question data/class private-only', 'question data/class private-only'],
  },
  {
    name: 'nothing is said about the company',
    circumstances: { classification: 'public', audience: 'internal' },
    target: provider('openai'),
    rulings: ['question data/cross-border pipl-export'],
  },
  {
    name: 'a service to the public in China, on machines of its own',
    circumstances: { ...LOW, audience: 'public-cn' },
    target: OWN,
    rulings: ['warning data/public-service public-service-cn'],
  },
  {
    name: 'a Chinese company that does not say whom it serves',
    circumstances: { ...LOW, audience: undefined },
    target: OWN,
    rulings: ['question data/public-service public-service-cn'],
  },
];

describe('where data may go', () => {
  it.each(cases)('$name', ({ circumstances, target, rulings }) => {
    const found = admissible(circumstances, one(target));
    expect(found.map(({ severity, check, rule }) => `${severity} ${check} ${rule}`)).toEqual(rulings);
    for (const { message, rule, severity, key, remedy } of found) {
      expect(message).toContain(RULES[rule].source);
      expect(severity === 'question' ? key : remedy[0]).toBeTruthy();
    }
  });

  it('names the regional host of the same provider as the way out', () => {
    const [found] = admissible({ ...GERMAN, residency: 'EU' }, one(provider('openai')));
    expect(found?.remedy).toEqual(['take its host eu.api.openai.com']);
  });

  it('tells a hybrid whose fallback takes sensitive requests to an API', () => {
    const route = {
      name: 'private',
      dataClasses: ['internal', 'sensitive'] as const,
      targets: [OWN, { ...provider('deepseek'), dataClasses: ['public', 'internal'] as const }],
      key: 'routes.private',
    };
    const found = admissible(LOW, { routes: [route] });
    expect(found.map(({ severity, check }) => `${severity} ${check}`)).toEqual([
      'error data/fallback',
      'error data/private-only',
    ]);
    expect(found[0]).toMatchObject({ subject: 'routes.private' });
    expect(found[0]?.message).toContain('the fallback deepseek may not');
  });

  it('lets a hybrid keep what is sensitive at home and the rest at an API', () => {
    const routes = [
      { name: 'private', dataClasses: ['sensitive'] as const, targets: [OWN] },
      {
        name: 'general',
        dataClasses: ['public', 'internal'] as const,
        targets: [provider('deepseek'), provider('baidu-qianfan')],
      },
    ];
    expect(admissible({ ...LOW, classification: 'sensitive' }, { routes })).toEqual([]);
  });

  it('picks the endpoint that keeps the promise', () => {
    const openai = catalog.provider('openai');
    if (openai === undefined) throw new Error('no openai');
    expect(endpointFor(openai, { residency: 'EU' })?.host).toBe('eu.api.openai.com');
    expect(endpointFor(openai, {})?.host).toBe('api.openai.com');
  });

  it('never lets grave data reach an API, whatever else is said', () => {
    const grave: readonly DataClass[] = ['sensitive', 'important', 'core'];
    fc.assert(
      fc.property(
        fc.constantFrom(...catalog.ids('providers')),
        fc.constantFrom(...grave),
        fc.record({
          personalInformation: fc.option(fc.boolean(), { nil: undefined }),
          residency: fc.constantFrom(undefined, 'CN', 'EU', 'US'),
          exportBasis: fc.constantFrom(undefined, 'security-assessment', 'exempt'),
          audience: fc.constantFrom(undefined, 'internal', 'public-cn', 'public-other'),
          country: fc.constantFrom(undefined, 'CN', 'DE', 'US'),
        }),
        (id, classification, said) => {
          const circumstances = { ...said, classification } as Circumstances;
          const found = admissible(circumstances, one(provider(id)));
          expect(
            found.some(({ check, severity }) => check === 'data/private-only' && severity === 'error'),
          ).toBe(true);
        },
      ),
    );
  });
});
