import { expect } from 'vitest';
import type { Problem } from '../../../src/error.js';
import type { Judges } from '../judge.js';

const ofLicences = (problems: readonly Problem[]) => problems.filter(({ id }) => id?.startsWith('licence/'));
const others = (problems: readonly Problem[]) => problems.filter(({ id }) => !id?.startsWith('licence/'));

export const licenceJudges: Judges = {
  'licence-non-commercial-by-name': {
    refused: async (trial) => {
      const { exitCode, problems } = await trial.deploy();
      expect(others(problems).map(({ message }) => message)).toEqual([]);
      expect(exitCode).toBe(1);
      expect(ofLicences(problems)).not.toEqual([]);
    },
    unknown: async (trial) => {
      const other = { 'model.licence': 'other' };
      const { exitCode, problems } = await trial.deploy(other);
      expect(others(problems).map(({ message }) => message)).toEqual([]);
      expect(exitCode).toBe(1);
      expect(ofLicences(problems).map(({ id }) => id)).toEqual(['licence/unknown']);
      const waiver = { check: 'licence/unknown', reason: 'read by legal', by: 'legal', until: '2026-12-31' };
      expect((await trial.deploy({ ...other, waivers: [waiver] })).exitCode).toBe(0);
    },
    free: async (trial) => {
      const { exitCode, problems } = await trial.deploy({ 'model.licence': 'apache-2.0' });
      expect(problems).toEqual([]);
      expect(exitCode).toBe(0);
    },
  },
  'licence-weights-non-commercial-code-mit': {
    refused: async (trial) => {
      const { exitCode, problems } = await trial.deploy();
      expect(exitCode).toBe(1);
      const [problem] = problems.filter(({ id }) => id === 'licence/commercial-use');
      expect(problem?.message).toContain('minimax-m2.7-noncommercial');
      expect(problem?.message).toMatch(/\d{4}-\d\d-\d\d/);
      expect([problem?.fix ?? []].flat().join('\n')).toMatch(/waive licence\/commercial-use/);
    },
    version: async (trial) => {
      const { environments, problems } = await trial.deploy({ model: 'minimax-m2.8/config.json' });
      expect(ofLicences(problems)).toEqual([]);
      const found =
        environments.production?.findings.filter(({ check }) => check.startsWith('licence/')) ?? [];
      expect(found.map(({ check, severity }) => [check, severity])).toEqual([
        ['licence/unknown', 'question'],
      ]);
    },
  },
};
