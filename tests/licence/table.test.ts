import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../src/catalog/catalog.js';
import { type HeldUnder, heldUnder } from '../../src/catalog/held-under.js';
import type { Use } from '../../src/licence/use.js';
import { type Licensing, licensing } from '../../src/licence/verdict.js';

const catalog = openCatalog(undefined);

/** A company of the middle size in the US, for its own staff; everything that licences ask is said. */
const OWN_STAFF: Use = {
  commercial: true,
  country: 'US',
  monthlyActiveUsers: 1000,
  annualRevenueUsd: 5_000_000,
  product: 'internal-tool',
  offered: false,
  trainsModels: false,
  derives: false,
};
const judge = (held: readonly HeldUnder[], more: Partial<Use>) =>
  licensing(held, { ...OWN_STAFF, ...more }, false);

function ofModel(id: string, more: Partial<Use> = {}): Licensing {
  const model = catalog.model(id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return judge(heldUnder(model, catalog), more);
}

function ofLicence(id: string, more: Partial<Use> = {}): Licensing {
  return judge([{ id, profile: catalog.licence(id), of: 'weights', how: null }], more);
}

/** What is judged, what differs from the middling company, the verdict, and the check with a word of its clause. */
type Row = [string, Partial<Use>, Licensing['verdict'], string?, RegExp?];

const models: Row[] = [
  ['qwen3-8b', {}, 'allowed'],
  ['qwen3-8b', { country: undefined, monthlyActiveUsers: undefined, annualRevenueUsd: undefined }, 'allowed'],
  ['qwen2.5-7b', {}, 'allowed'],
  ['mistral-7b-v0.3', {}, 'allowed'],
  ['gemma-4-31b', {}, 'allowed'],
  ['phi-4', {}, 'allowed'],
  // Llama 2: users, answers; no naming duty.
  ['llama-2-70b', {}, 'obligations'],
  ['llama-2-70b', { monthlyActiveUsers: 800_000_000 }, 'refused', 'monthly-users', /2023-07-18/],
  ['llama-2-70b', { trainsModels: true }, 'refused', 'outputs', /1\.b\.v/],
  // Llama 3.x: the limit is above, not at, 700 million.
  ['llama-3.1-8b', { monthlyActiveUsers: 700_000_000 }, 'obligations'],
  ['llama-3.1-8b', { monthlyActiveUsers: 700_000_001 }, 'refused', 'monthly-users', /section 2/],
  ['llama-3.1-8b', { monthlyActiveUsers: undefined }, 'question', 'monthly-users'],
  ['llama-3.1-8b', { trainsModels: true }, 'obligations'],
  ['llama-3.3-70b', { country: 'DE' }, 'obligations'],
  ['llama-3.2-3b', { country: 'FR' }, 'obligations'],
  ['llama-3.2-11b-vision', { country: 'FR' }, 'refused', 'territory', /European Union/],
  // Llama 4 and the EU: the company counts.
  ['llama-4-scout', {}, 'obligations'],
  ['llama-4-scout', { country: 'DE' }, 'refused', 'territory', /USE_POLICY\.md, not LICENSE/],
  ['llama-4-maverick', { country: 'IE' }, 'refused', 'territory', /multimodal/],
  ['llama-4-scout', { country: 'CH' }, 'obligations'],
  ['llama-4-scout', { country: 'GB' }, 'obligations'],
  ['llama-4-scout', { country: undefined }, 'question', 'territory'],
  // Qwen: by generation and by size.
  ['qwen-72b', {}, 'obligations'],
  ['qwen-72b', { monthlyActiveUsers: 100_000_001 }, 'refused', 'monthly-users', /100 million/],
  ['qwen-72b', { trainsModels: true }, 'refused', 'outputs', /improve any other/],
  ['qwen-7b', { monthlyActiveUsers: undefined }, 'question', 'monthly-users'],
  ['qwen2.5-72b', {}, 'allowed'],
  ['qwen2.5-72b', { trainsModels: true }, 'allowed'],
  ['qwen2.5-72b', { monthlyActiveUsers: 800_000_000 }, 'refused', 'monthly-users', /requested/],
  ['qwen2.5-3b', {}, 'refused', 'commercial-use', /research/],
  ['qwen2.5-vl-3b', {}, 'refused', 'commercial-use', /research/],
  ['qwen2.5-vl-3b', { commercial: false }, 'obligations'],
  ['qwen2.5-vl-7b', {}, 'allowed'],
  ['qwen2.5-vl-32b', {}, 'question', 'unknown'],
  // Mistral: Large 2 is for research, Large 3 is free.
  ['mistral-large-2407', {}, 'refused', 'commercial-use', /neither internally nor externally/],
  ['mistral-large-3', {}, 'allowed'],
  // DeepSeek by version, and through distillation.
  ['deepseek-v3', {}, 'obligations'],
  ['deepseek-v2-lite', {}, 'obligations'],
  ['deepseek-v3.1', {}, 'allowed'],
  ['deepseek-v3.2', {}, 'allowed'],
  ['deepseek-v4-pro', {}, 'allowed'],
  ['deepseek-r1', {}, 'allowed'],
  ['deepseek-r1-distill-qwen-32b', {}, 'allowed'],
  ['deepseek-r1-distill-qwen-7b', {}, 'allowed'],
  ['deepseek-r1-distill-llama-70b', {}, 'obligations'],
  [
    'deepseek-r1-distill-llama-70b',
    { monthlyActiveUsers: 800_000_000 },
    'refused',
    'monthly-users',
    /2024-12-06/,
  ],
  [
    'deepseek-r1-distill-llama-8b',
    { monthlyActiveUsers: 800_000_000 },
    'refused',
    'monthly-users',
    /2024-07-23/,
  ],
  ['nemotron-super-49b', {}, 'question', 'unknown'],
  ['nemotron-super-49b', { monthlyActiveUsers: 800_000_000 }, 'refused', 'monthly-users', /2024-12-06/],
  ['nemotron-3-nano-30b-a3b', {}, 'refused', 'unknown', /not read/],
  ['gte-qwen2-7b-instruct', {}, 'question', 'unknown'],
  // Others.
  ['gemma-3-27b', {}, 'obligations'],
  ['kimi-k2', { monthlyActiveUsers: 800_000_000, offered: true }, 'obligations'],
  ['kimi-k2', { offered: true }, 'allowed'],
  ['kimi-k3', {}, 'allowed'],
  [
    'kimi-k3',
    { product: 'model-service', annualRevenueUsd: 20_000_001 },
    'refused',
    'revenue',
    /US\$20 million/,
  ],
  ['kimi-k3', { product: 'model-service', annualRevenueUsd: 20_000_000 }, 'allowed'],
  ['kimi-k3', { product: undefined, annualRevenueUsd: 90_000_000 }, 'question', 'revenue'],
  ['hunyuan-a13b', { country: 'KR' }, 'refused', 'territory', /South Korea/],
  ['hunyuan-a13b', { country: 'GB' }, 'refused', 'territory', /United Kingdom/],
  ['hunyuan-a13b', { country: 'PL' }, 'refused', 'territory', /European Union/],
  [
    'hunyuan-a13b',
    { country: 'CN', monthlyActiveUsers: 200_000_000 },
    'refused',
    'monthly-users',
    /100 million/,
  ],
  ['hunyuan-a13b', { country: 'CN', trainsModels: true }, 'refused', 'outputs', /any other AI model/],
  ['hy3', { country: 'KR' }, 'allowed'],
  ['minimax-m2', {}, 'allowed'],
  ['minimax-m2', { offered: true, annualRevenueUsd: 31_000_000 }, 'obligations'],
  ['minimax-m2.5', { offered: true }, 'obligations'],
  ['minimax-m2.7', {}, 'refused', 'commercial-use', /non-commercial/],
  ['minimax-m2.7', { commercial: false }, 'obligations'],
  ['jina-embeddings-v3', {}, 'refused', 'commercial-use', /NonCommercial/],
];

const licences: Row[] = [
  // Models that the catalogue knows by their licence only.
  ['qwen-research', {}, 'refused', 'commercial-use', /derivatives included/],
  ['stability-nc', {}, 'refused', 'commercial-use', /non-commercial research/],
  ['stability-community', { annualRevenueUsd: 900_000 }, 'question', 'unknown', /not read/],
  ['stability-community', { annualRevenueUsd: 1_000_001 }, 'refused', 'revenue', /US\$1 million/],
  ['minimax-community', {}, 'question', 'unknown', /second half/],
  ['minimax-community', { annualRevenueUsd: 21_000_000 }, 'refused', 'revenue', /authorisation/],
  ['qwen-community-1.0', { product: 'model-service' }, 'refused', 'product', /model-as-a-service/],
  ['qwen-community-1.0', { product: 'work-assistant' }, 'refused', 'product', /AI Work Assistant/],
  ['mistral-medium-3.5', {}, 'refused', 'unknown', /contradict/],
  ['minimax-m2', {}, 'refused', 'unknown', /superseded/],
  ['nvidia-open-model', {}, 'question', 'unknown', /preamble/],
  ['other', {}, 'refused', 'unknown', /no licence 'other' is known/],
];

describe('the licence table', () => {
  it.each(models)('%s with %o: %s', (id, more, verdict, about, clause) =>
    check(ofModel(id, more), verdict, about, clause),
  );
  it.each(licences)('licence %s with %o: %s', (id, more, verdict, about, clause) =>
    check(ofLicence(id, more), verdict, about, clause),
  );

  function check(found: Licensing, verdict: string, about?: string, clause = /./): void {
    expect(found.verdict).toBe(verdict);
    if (about === undefined) expect(found.objections).toEqual([]);
    if (about === undefined) return;
    const objection = found.objections.find((one) => one.about === about);
    expect(objection?.clause).toMatch(clause);
    if (verdict === 'question' && about !== 'unknown')
      expect(objection?.key).toMatch(/^(organization|usage)\./);
  }

  it('says what Llama asks for: the policy now, its name once it is offered, its prefix once it is trained on', () => {
    const { obligations } = ofModel('deepseek-r1-distill-llama-8b', { offered: true });
    const now = obligations.filter(({ only }) => only === null);
    expect(now.map(({ duty }) => duty)).toEqual(['acceptable-use', 'display']);
    expect(now[0]?.link).toContain('llama3_1/USE_POLICY.md');
    expect(now[1]?.text).toContain('Built with Llama');
    const naming = obligations.find(({ duty }) => duty === 'naming');
    expect(naming?.text).toContain("start with 'Llama'");
    expect(naming?.only).toContain('trained');
    expect(new Set(obligations.map(({ of }) => of))).toEqual(
      new Set(['DeepSeek-R1-Distill-Llama-8B', 'Llama-3.1-8B-Instruct']),
    );
  });

  it('knows a best month from a year where that decides, and asks where it does not', () => {
    const display = (more: Partial<Use>) =>
      ofModel('kimi-k2', { offered: true, ...more }).obligations.find(({ duty }) => duty === 'display');
    expect(display({ annualRevenueUsd: 20_000_000 })).toBeUndefined();
    expect(display({ annualRevenueUsd: 300_000_000 })).toMatchObject({ only: null });
    expect(display({ annualRevenueUsd: 60_000_000 })?.only).toContain('US$20,000,000 of monthly revenue');
    expect(display({ annualRevenueUsd: 60_000_000, monthlyRevenueUsd: 6_000_000 })).toBeUndefined();
  });

  it('has a term or a duty behind every licence that is conditional, and reads the date of each', () => {
    for (const id of catalog.ids('licences')) {
      const licence = catalog.licence(id);
      const { terms = [], duties = [], unread } = licence ?? {};
      if (licence?.commercialUse === 'conditional')
        expect(terms.length + duties.length + (unread ? 1 : 0), id).toBeGreaterThan(0);
      if (licence?.commercialUse === 'no') expect(terms[0]?.about, id).toBe('commercial-use');
      if (licence?.commercialUse === 'yes') expect(terms, id).toEqual([]);
      expect(licence?.checked, id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});
