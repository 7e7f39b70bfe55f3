import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../src/plan/plan.js';
import { templates } from '../../templates/registry.js';
import { readDist } from '../schemas/dist.js';
import { exampleProject } from '../templates/example.js';
import { articles, groups, reasons, templateExamples } from './systems.js';
import { type Built, exampleFor, systemsTable } from './systems-table.js';

const root = join(import.meta.dirname, '../..');
const schemes = templates.map(({ name }) => name);
const systems = groups.flatMap((group) => group.systems);
const synth = exampleProject(templates);

const examples = templateExamples(root, schemes).map((file) => ({
  file,
  ...synth(parse(readFileSync(join(root, file), 'utf8'))),
}));
// The golden layer holds dist/ against its selections.
const selections = readDist().map(
  ({ plan }): Built => ({
    file: (plan as Plan).selection,
    plan: plan as Plan,
  }),
);
const built: Built[] = [
  ...selections,
  ...examples.flatMap(({ file, environments }) => environments.map(({ plan }) => ({ file, plan }))),
];

describe('the examples of the templates', () => {
  test.each(examples)(
    '$file comes out, with objects in each environment',
    ({ file, environments, problems }) => {
      expect(problems.map(({ id, message }) => `${id} ${message}`)).toEqual([]);
      const { environments: said, scheme } = parse(readFileSync(join(root, file), 'utf8'));
      expect(environments.map(({ plan }) => plan.environment)).toEqual(Object.keys(said));
      expect(file.startsWith(`templates/${scheme}/`)).toBe(true);
      for (const { objects } of environments) expect(objects.length).toBeGreaterThan(0);
    },
  );

  test('are each in the table', () => {
    const linked = systems.flatMap((system) =>
      schemes.map((scheme) => exampleFor(system, scheme, built)?.file),
    );
    expect(examples.map(({ file }) => file).filter((file) => !linked.includes(file))).toEqual([]);
  });
});

describe('the table of the systems', () => {
  test('has a row for each name of the articles, and no other', () => {
    const named = new Set(articles.flatMap(({ names }) => names));
    const rows = new Set(systems.flatMap(({ names }) => names));
    expect([...named].filter((name) => !rows.has(name))).toEqual([]);
    expect([...rows].filter((name) => !named.has(name))).toEqual([]);
  });

  test.each(systems)('has an example or a reason in each cell of $name, never both', (system) => {
    const cells = schemes.map((scheme) => {
      const example = exampleFor(system, scheme, built) !== undefined;
      const reason = system.without[scheme];
      if (reason !== undefined) expect(reasons, scheme).toHaveProperty(reason);
      return [scheme, example ? 'example' : '', reason === undefined ? '' : 'reason'].join(' ').trim();
    });
    expect(cells.filter((cell) => !/^\S+ +(example|reason)$/.test(cell))).toEqual([]);
    expect(cells.some((cell) => cell.endsWith('example'))).toBe(true);
  });

  test('is the one of the README', () => {
    const file = join(root, 'README.md');
    const table = systemsTable(groups, schemes, built);
    const page = readFileSync(file, 'utf8');
    const marked = /(<!-- systems[^\n]*-->\n)[\s\S]*(<!-- end of systems -->)/;
    const wanted = page.replace(marked, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
    expect(wanted).toContain(table);
    if (process.env.BERTH_WRITE_DOCS === '1') writeFileSync(file, wanted);
    expect(readFileSync(file, 'utf8') === wanted, 'BERTH_WRITE_DOCS=1 writes it anew').toBe(true);
  });
});
