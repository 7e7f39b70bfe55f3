import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/registry.js';
import { changed, type Example, exampleOf, exampleProject, type Path } from '../templates/example.js';

const folder = join(import.meta.dirname, '../../templates');
const synth = exampleProject(templates);
const example = {
  ...exampleOf(join(folder, 'closed-cloud')),
  organization: { country: 'CN', aiEngineers: 0 },
  data: { classification: 'internal', personalInformation: false },
  usage: { audience: 'internal' },
};

type Change = readonly [Path, unknown];
const found = (...changes: readonly Change[]) => foundIn(example, changes);

/** `severity check` of what is found about data, blocked or not. */
function foundIn(one: Example, changes: readonly Change[]): string[] {
  const { environments, problems } = synth(
    changes.reduce((before, [path, value]) => changed(before, path, value), one),
  );
  const blocked = problems.flatMap(({ id }) => (id?.startsWith('data/') ? [`error ${id}`] : []));
  const open = environments.flatMap(({ findings }) =>
    findings.flatMap(({ check, severity }) =>
      check.startsWith('data/') && severity !== 'error' ? [`${severity} ${check}`] : [],
    ),
  );
  return [...new Set([...blocked, ...open])].sort();
}

const classIs = (word: string) => [['data', 'classification'], word] as const;
const overseas = [
  ['providers', 'qwen'],
  { profile: 'openai', region: 'us', key: { secretRef: { name: 'openai', key: 'key' } } },
] as const;
const target = [['routes', 'chat', 'targets'], [{ provider: 'qwen', model: 'gpt-5.5' }]] as const;

describe('a selection of a gateway to providers', () => {
  it('passes with data that may leave, at providers at home', () => {
    expect(found()).toEqual([]);
  });

  it('is refused with sensitive data, whoever the provider is', () => {
    expect(found(classIs('sensitive'))).toEqual(['error data/private-only']);
  });

  it('N3: is refused twice where somebody pastes an overseas provider under it', () => {
    expect(found(classIs('sensitive'), overseas, target)).toEqual([
      'error data/cross-border',
      'error data/private-only',
      'warning data/domestic-provider',
    ]);
  });

  it('is refused with personal information abroad, until a legal ground is named', () => {
    const personal = [['data', 'personalInformation'], true] as const;
    expect(found(personal, overseas, target)).toContain('error data/cross-border');
    const ground = [['data', 'exportBasis'], 'standard-contract'] as const;
    expect(found(personal, ground, overseas, target)).toEqual(['warning data/domestic-provider']);
  });

  it('is refused where the fallback of a route may carry less than the route', () => {
    const route = [
      ['routes', 'chat', 'dataClasses'],
      ['public', 'internal'],
    ] as const;
    const narrow = [['providers', 'qwen', 'dataClasses'], ['public']] as const;
    const wide = [
      ['providers', 'ernie', 'dataClasses'],
      ['public', 'internal'],
    ] as const;
    expect(found(route, wide, narrow)).toEqual(['error data/fallback']);
    expect(
      found(route, wide, [
        ['providers', 'qwen', 'dataClasses'],
        ['public', 'internal'],
      ]),
    ).toEqual([]);
  });

  it('asks what leaves, and blocks on the question where the environment is strict', () => {
    const unsaid = [['data'], {}] as const;
    expect(found(unsaid)).toEqual(['question data/class']);
    expect(found(unsaid, [['strict'], true])).toEqual(['error data/class', 'question data/class']);
  });
});

describe('a hybrid', () => {
  const hybrid = {
    ...exampleOf(join(folder, 'hybrid')),
    organization: { country: 'CN', aiEngineers: 3 },
    usage: { audience: 'internal' },
  };
  const noEntry = [['entry'], undefined] as const;

  it('keeps what is sensitive at home, and lets the rest out', () => {
    expect(foundIn(hybrid, [])).toEqual([]);
  });

  it('is refused where a fallback takes the private route’s classes to a provider', () => {
    const fallback = [{ deployment: 'own' }, { provider: 'ernie', model: 'ernie-5.1' }];
    const { problems } = synth(
      changed(changed(hybrid, ['routes', 'inside', 'targets'], fallback), ['entry'], undefined),
    );
    expect(problems.map(({ id }) => id)).toEqual(['data/private-only']);
    expect(problems[0]?.message).toMatch(/^sensitive, important, core data would go to ernie/);
  });

  it('is refused where the route to a provider carries a class that must stay', () => {
    const classes = [
      ['routes', 'outside', 'dataClasses'],
      ['public', 'important'],
    ] as const;
    expect(foundIn(hybrid, [noEntry, classes])).toEqual(['error data/private-only']);
  });

  it('is refused where somebody pastes an overseas provider under sensitive classes', () => {
    const account = { profile: 'openai', region: 'us', key: { secretRef: { name: 'openai', key: 'key' } } };
    const route = { dataClasses: ['sensitive'], targets: [{ provider: 'ernie', model: 'gpt-5.5' }] };
    expect(
      foundIn(hybrid, [noEntry, [['providers', 'ernie'], account], [['routes', 'outside'], route]]),
    ).toEqual(['error data/cross-border', 'error data/private-only', 'warning data/domestic-provider']);
  });
});

describe('an open model on nodes of a public cloud', () => {
  const cloud = {
    ...exampleOf(join(folder, 'open-cloud')),
    organization: { country: 'DE', aiEngineers: 2 },
    data: { classification: 'internal', personalInformation: true, residency: 'EU' },
    usage: { audience: 'internal' },
  };
  const region = (word: string) => [['environments', 'production', 'cluster', 'region'], word] as const;

  it('passes in a region that keeps the promise', () => {
    expect(foundIn(cloud, [region('eu-central-1')])).toEqual([]);
  });

  it('is refused elsewhere, and for data that must stay', () => {
    expect(foundIn(cloud, [region('us-east-1')])).toEqual([
      'error data/residency',
      'question data/cross-border',
    ]);
    expect(foundIn(cloud, [region('eu-central-1'), classIs('sensitive')])).toEqual([
      'error data/private-only',
    ]);
  });
});
