import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Plan, plansOf } from '../../src/plan/plan.js';
import { licence, licenceLine } from '../../src/report/licence.js';
import { renderNotice } from '../../src/report/notice.js';
import { planChanged } from '../project/resolve.js';

const planOf = (change: Record<string, unknown>) => planChanged(change).plan;
const distilled = planOf({
  model: 'deepseek-r1-distill-llama-8b',
  'organization.monthlyActiveUsers': 5000,
  usage: { audience: 'public-other', callsPerMonth: 1, product: 'product-feature' },
});

describe('PLAN.md on licences', () => {
  const page = licence(distilled) ?? '';

  it('names every licence with its source and why it holds', () => {
    expect(page).toContain('DeepSeek-R1-Distill-Llama-8B: allowed with obligations.');
    expect(page).toMatch(/- MIT \(`mit`\); source: .+, 2026-11-25/);
    expect(page).toMatch(/\(`llama3\.1`\), because it was distilled from Llama-3\.1-8B-Instruct; source: /);
  });

  it('tells what is to be done now from what may come', () => {
    const [now = '', later = ''] = page.split('To do if it comes to that:');
    expect(now).toContain('acceptable use policy (https://github.com/meta-llama/');
    expect(now).toContain("show 'Built with Llama'");
    expect(later).toContain("start with 'Llama'");
    expect(later).toContain('once the weights leave the company');
  });

  it('says the verdict in one line beside what runs', () => {
    const line = (plan: Plan) => plan.servers.map(({ model }) => licenceLine(model.licensing)).join();
    expect(line(distilled)).toBe('`mit`, `llama3.1` through Llama-3.1-8B-Instruct: allowed with obligations');
    expect(line(planOf({}))).toBe('`apache-2.0`: allowed');
    expect(line(planOf({ model: 'qwen2.5-vl-3b' }))).toMatch(/^`qwen-research`: refused/);
  });
});

describe('NOTICE', () => {
  it('carries the line that Llama wants, the links and the licences of all that the weights came from', () => {
    const text = renderNotice(distilled) ?? '';
    expect(text).toContain('Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright ©');
    expect(text).toContain('Llama 3.1 Community License, through Llama-3.1-8B-Instruct');
    expect(text).toMatch(/^ {4}https:\/\/\S+USE_POLICY\.md$/m);
  });

  it('is not there where no model is served', () => {
    expect(renderNotice({ ...distilled, servers: [] })).toBeNull();
  });

  it('stands in dist/ wherever a licence asks for something, and in no kustomization', () => {
    const dist = join(import.meta.dirname, '../../dist');
    let notices = 0;
    for (const name of readdirSync(dist))
      for (const file of readdirSync(join(dist, name)).filter((one) => one.endsWith('.plan.json'))) {
        const plan: Plan = JSON.parse(readFileSync(join(dist, name, file), 'utf8'));
        const folder = join(dist, name, plan.environment);
        const served = plansOf(plan).flatMap(({ servers }) => servers);
        const asks = served.some(({ model }) => model.licensing.obligations.length > 0);
        expect(existsSync(join(folder, 'NOTICE')), folder).toBe(asks);
        if (asks) notices += 1;
        expect(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')).not.toContain('NOTICE');
      }
    expect(notices).toBeGreaterThan(5);
  });
});
