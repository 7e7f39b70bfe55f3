import { describe, expect, it } from 'vitest';
import { planChecks } from '../../../src/checks/plan/all.js';
import { blocking } from '../../../src/checks/run.js';
import { applyWaivers } from '../../../src/checks/waivers.js';
import { type Change, LOCK, planChanged } from '../../project/resolve.js';

const german: Change = {
  model: 'llama-4-scout',
  precision: 'w4a16',
  'organization.country': 'DE',
  'organization.monthlyActiveUsers': 5000,
};
const ofLicences = (change: Change) =>
  planChanged(change, LOCK).findings.filter(({ check }) => check.startsWith('licence/'));

describe('a refused model', () => {
  it('comes with the nearest free model that fits the same accelerators', () => {
    const [found] = ofLicences(german);
    expect(found?.remedy[0]).toMatch(
      /^model: gpt-oss-120b \(apache-2\.0\) is the nearest free model that fits/,
    );
    const instead = ofLicences({ ...german, model: 'gpt-oss-120b', precision: 'mxfp4' });
    expect(instead).toEqual([]);
    const { plan } = planChanged({ ...german, model: 'gpt-oss-120b', precision: 'mxfp4' }, LOCK);
    expect(plan.servers[0]?.sizing.verdict).toBe('fits');
  });

  it('says so where nothing near its size fits', () => {
    const [found] = ofLicences({ model: 'mistral-large-2407', 'env.cluster.accelerator': 'l4' });
    expect(found?.remedy[0]).toContain('no free model near this size fits 1 × l4');
  });

  it('passes with the permission of a person, until its day', () => {
    const found = ofLicences(german);
    const waiver = { check: 'licence/territory', reason: 'contract 17', by: 'legal', until: '2026-12-31' };
    const props = { strict: true, checks: planChecks };
    expect(blocking(applyWaivers(found, [waiver], '2026-12-31'), props)).toEqual([]);
    expect(blocking(applyWaivers(found, [waiver], '2027-01-01'), props)).toHaveLength(1);
  });
});

describe('a question of a licence', () => {
  const found = ofLicences({ model: 'llama-3.1-8b', 'organization.monthlyActiveUsers': undefined });

  it('blocks only where the environment is strict', () => {
    expect(found).toMatchObject([{ severity: 'question', key: 'organization.monthlyActiveUsers' }]);
    expect(blocking(found, { strict: false, checks: planChecks })).toEqual([]);
    expect(blocking(found, { strict: true, checks: planChecks })).toHaveLength(1);
  });
});

describe('gated weights', () => {
  it('bring the duty to accept the terms on the hub', () => {
    const { plan } = planChanged({ model: 'llama-3.1-8b', 'organization.monthlyActiveUsers': 10 });
    const duties = plan.servers.flatMap(({ model }) => model.licensing.obligations.map(({ duty }) => duty));
    expect(duties).toContain('gate');
  });
});

describe('weights whose model names no licence', () => {
  it('are judged by the one that the selection states', () => {
    const model = 'gte-qwen2-7b-instruct';
    expect(planChanged({ model }).plan.servers[0]?.model.licensing.verdict).toBe('question');
    const stated = planChanged({ model, 'weights.licence': 'apache-2.0' });
    expect(stated.plan.servers[0]?.model.licensing.verdict).toBe('allowed');
    const refused = planChanged({ model, 'weights.licence': 'cc-by-nc-4.0' });
    expect(refused.plan.servers[0]?.model.licensing.verdict).toBe('refused');
  });

  it('are refused where the catalogue knows the model and its research licence', () => {
    const { plan } = planChanged({ model: 'Qwen/Qwen2.5-3B-Instruct' });
    expect(plan.servers[0]?.model.licensing.verdict).toBe('refused');
  });

  it('get no milder licence than the model names itself', () => {
    const { plan } = planChanged({ model: 'mistral-large-2407', 'weights.licence': 'mit' });
    expect(plan.servers[0]?.model.licensing.verdict).toBe('refused');
  });

  it('of a repository that the catalogue knows by its licence only are refused by name', () => {
    expect(() => planChanged({ model: 'stabilityai/stable-zero123' })).toThrow(
      /image-to-3D diffusion model.*stability-nc: non-commercial research use only/s,
    );
    expect(() => planChanged({ model: 'mistralai/Mistral-Large-Instruct-2411' })).toThrow(/mrl-0\.1/);
    expect(() => planChanged({ model: 'MiniMaxAI/MiniMax-M3' })).toThrow(/minimax-community/);
  });
});
