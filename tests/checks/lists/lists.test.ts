import { describe, expect, it } from 'vitest';
import { manifestChecks } from '../../../src/checks/manifest/all.js';
import { runChecks } from '../../../src/checks/run.js';
import { inspect } from '../../../src/inspect/inspect.js';
import { schemaProblems } from '../../schemas/validate.js';
import { base } from '../manifest/base.js';
import { engines } from '../manifest/engines.js';
import { mutate } from '../manifest/mutate.js';
import { coverage, entries, names, SCANNERS, scannersPage } from './lists.js';

const VERSION = '1.36';

describe.each(SCANNERS)('each check of %s', (scanner) => {
  it('is covered, exempted or not applicable, once', () => {
    expect(coverage(scanner).map(({ name }) => name)).toEqual([...names[scanner].names].sort());
  });
});

it('says one thing of each mistake', () => {
  const ways = entries.map(({ check, schema, server, nothing }) =>
    [check, schema, server, nothing].filter((way) => way !== undefined),
  );
  expect(ways.filter((way) => way.length !== 1)).toEqual([]);
  expect(entries.filter(({ nothing }) => nothing === '')).toEqual([]);
});

describe('a planted mistake is found by the check that is named:', () => {
  it.each(entries.flatMap((entry) => (entry.check ? [[entry.what, entry.check, entry] as const] : [])))(
    '%s, %s',
    (_, check, entry) => {
      const findings = runChecks(manifestChecks, inspect(mutate(base(), entry), engines));
      expect(manifestChecks.map(({ id }) => id)).toContain(check);
      expect(findings.map((finding) => finding.check)).toContain(check);
    },
  );
});

describe('the strict schemas refuse:', () => {
  const problems = (objects: ReturnType<typeof base>) =>
    objects.flatMap((object) => schemaProblems(VERSION, object));

  it.each(entries.flatMap((entry) => (entry.schema ? [[entry.what, entry] as const] : [])))(
    '%s',
    (_, entry) => {
      expect(problems(base())).toEqual([]);
      expect(problems(mutate(base(), entry))).not.toEqual([]);
    },
  );
});

it('writes the page', async () => {
  await expect(scannersPage()).toMatchFileSnapshot('../../../docs/scanners.md');
});
