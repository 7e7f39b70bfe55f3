import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { plansOf } from '../../src/plan/plan.js';
import { templates } from '../../templates/registry.js';
import type { Template } from '../../templates/template.js';
import { changed, exampleOf, exampleProject, keysOf } from './example.js';
import { toy } from './toy/template.js';

const folder = join(import.meta.dirname, '../../templates');
const HEADINGS = ['When', 'When not', 'You bring', 'What comes out', 'Limits'];

test('the registry names each folder of templates/, once', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(templates.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
});

const all: [string, Template, string, readonly Template[]][] = [
  ...templates.map((one): (typeof all)[number] => [one.name, one, join(folder, one.name), templates]),
  ['a toy scheme', toy, join(import.meta.dirname, 'toy'), [...templates, toy]],
];

describe.each(all)('%s', (_, template, home, registry) => {
  const synth = exampleProject(registry);
  const example = exampleOf(home);

  test('says when to take it, when not, what to bring, what comes out, and its limits', () => {
    const page = readFileSync(join(home, 'README.md'), 'utf8');
    const parts = new Map(
      page.split(/^## /m).map((part) => [part.split('\n', 1)[0], part.split('\n').slice(1).join('')]),
    );
    for (const heading of HEADINGS) expect(parts.get(heading) ?? '', heading).not.toBe('');
    expect(template.summary).not.toBe('');
  });

  test('has a line of help for each of its keys', () => {
    const mute: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        const help = (value as { description?: string } | null)?.description;
        if (path.endsWith('.properties') && help === undefined) mute.push(`${path}.${key}`);
        walk(value, `${path}.${key}`);
      }
    };
    walk(z.toJSONSchema(template.section, { io: 'input' }), template.name);
    // Models described in place have their help in the catalogue's own files.
    expect(mute.filter((key) => !key.includes('.model.'))).toEqual([]);
  });

  test('makes its example, and the same again', () => {
    const { environments, problems } = synth(example);
    expect(problems.map(({ id, message }) => `${id} ${message}`)).toEqual([]);
    expect(example.scheme).toBe(template.name);
    expect(JSON.stringify(synth(example).environments)).toBe(JSON.stringify(environments));
    for (const { plan, objects, resolved } of environments) {
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
      expect(plan.parts).toHaveLength(template.parts?.(resolved).length ?? 0);
      const namespaces = new Set(plansOf(plan).map(({ namespace }) => namespace));
      const strangers = objects.filter(
        ({ metadata }) => metadata.namespace && !namespaces.has(metadata.namespace),
      );
      expect(strangers.filter(({ kind }) => kind !== 'ConfigMap')).toEqual([]);
      expect(objects.length).toBeGreaterThan(0);
    }
  });

  test('says what is missing, at its place, whichever key of the example is taken out', () => {
    const required: string[] = [];
    for (const path of keysOf(example)) {
      const { problems } = synth(changed(example, path, undefined));
      for (const { message, place } of problems) {
        expect(message, path.join('.')).not.toBe('');
        expect(place?.line, `${path.join('.')}: ${message}`).toBeGreaterThan(0);
      }
      if (problems.length > 0) required.push(path.join('.'));
    }
    expect(required).toContain('environments');
  });

  test('refuses a key that nobody knows', () => {
    for (const path of keysOf(example).filter((keys) => keys[0] !== 'environments' || keys.length < 3)) {
      const wrong = [...path.slice(0, -1), 'nobodyKnowsThis'];
      const { problems } = synth(changed(example, wrong, { a: [1] }));
      expect(problems.length, wrong.join('.')).toBeGreaterThan(0);
    }
  });
});

describe('adding a sixth scheme', () => {
  const example = exampleOf(join(import.meta.dirname, 'toy'));
  const reads = (registry: readonly Template[], selection: typeof example) =>
    exampleProject(registry)(selection).problems.map(({ message, fix }) => `${message} → ${fix ?? ''}`);

  test('is one folder: without it the word is unknown, with it its keys are its own', () => {
    expect(reads(templates, example)[0]).toContain("found 'toy'");
    expect(reads([...templates, toy], example)).toEqual([]);
    expect(existsSync(join(folder, 'toy'))).toBe(false);
  });

  test('keeps its keys from the others, and theirs from it', () => {
    const other = { ...exampleOf(join(folder, 'open-private')), greetings: { en: { text: 'hello' } } };
    expect(reads([...templates, toy], other)[0]).toMatch(
      /unknown key 'greetings'.* → it belongs to scheme toy, and this selection's is open-private/,
    );
    expect(reads([...templates, toy], { ...example, profile: 'small' })).toEqual([
      "'profile' says what is served here, and scheme toy serves nothing with it → a greeting needs no model",
    ]);
  });

  test('lets selection and environment say one half each', () => {
    const { environments } = exampleProject([toy])(example);
    expect(environments[0]?.plan.assumptions).toEqual(['en: hello', 'de: hallo']);
    const half = changed(example, ['greetings', 'en'], {});
    expect(reads([toy], half)[0]).toContain("missing key 'text' in greetings.en");
  });
});
