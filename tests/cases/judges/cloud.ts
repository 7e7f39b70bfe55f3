import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Judges } from '../judge.js';
import type { Deployed } from '../trial.js';

/** Configuration of the gateway and of its way out, and the policies, as text. */
function written({ ofKind }: Deployed): string {
  return JSON.stringify([...ofKind('ConfigMap'), ...ofKind('NetworkPolicy')]);
}

const GLOBAL_HOST = /(?<!\w\.)api\.openai\.com/;

/** Statuses of a provider's answer after which another target is asked. */
function retriedStatuses(deployed: Deployed): number[] {
  const lists = [...written(deployed).matchAll(/retriable_status_codes:\s*((?:\\n\s*- \d+)+|\[[\d,\s]+\])/g)];
  expect(lists.length).toBeGreaterThan(0);
  return lists.flatMap(([, list]) => (list?.match(/\d{3}/g) ?? []).map(Number));
}

export const cloudJudges: Judges = {
  'compliance-openai-regional-host': {
    host: async (trial) => {
      expect(written(await trial.one())).toContain('eu.api.openai.com');
    },
    egress: async (trial) => {
      expect(written(await trial.one())).not.toMatch(GLOBAL_HOST);
    },
    global: async (trial) => {
      const { exitCode, problems } = await trial.deploy({ 'providers.openai.region': undefined });
      expect(exitCode).toBe(1);
      const [problem] = problems.filter(({ id }) => id === 'data/residency');
      expect(problem?.message).toMatch(GLOBAL_HOST);
      expect([problem?.fix ?? []].flat().join()).toContain('eu.api.openai.com');
    },
    unset: async (trial) => {
      const unset = { 'providers.openai.region': undefined, 'data.residency': undefined };
      const elsewhere = { 'organization.country': 'US', 'data.personalInformation': false };
      expect(written(await trial.one({ ...unset, ...elsewhere }))).toMatch(GLOBAL_HOST);
    },
  },
  'gateway-bad-request-is-not-a-failover': {
    client: async (trial) => {
      const deployed = await trial.one();
      const found = retriedStatuses(deployed);
      expect(found).toContain(429);
      expect(found.filter((status) => [400, 404, 422].includes(status))).toEqual([]);
      // retriable-4xx would be 409, and what counts towards eviction are 5xx alone.
      expect(written(deployed)).not.toMatch(/retriable-4xx|consecutive_local_origin_4xx/);
    },
    stub: () => {
      // Decided by the gateway itself against stubs, in a layer of its own.
      const layer = readFileSync('tests/gateway/failover.test.ts', 'utf8');
      expect(layer).toMatch(/test\.each\(\[400, 404, 422\]\)/);
    },
    account: async (trial) => {
      expect(retriedStatuses(await trial.one()).filter((status) => [401, 403].includes(status))).toEqual([]);
    },
  },
  'secrets-salt-key-beside-the-master-key': {
    without: async (trial) => {
      const { plan, objects } = await trial.one();
      expect(plan.secrets.map(({ secretName }) => secretName)).toEqual(['openai']);
      expect(JSON.stringify(objects)).not.toMatch(/salt/i);
    },
  },
};
