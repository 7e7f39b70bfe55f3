import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/registry.js';
import { changed, exampleOf, exampleProject, type Path } from '../templates/example.js';

const folder = join(import.meta.dirname, '../../templates');
const synth = exampleProject(templates);
const example = {
  ...exampleOf(join(folder, 'closed-cloud')),
  organization: { country: 'CN', aiEngineers: 0 },
  data: { classification: 'internal', personalInformation: false },
  usage: { audience: 'internal' },
};

/** `severity check` of what is found about data, blocked or not. */
function found(...changes: readonly (readonly [Path, unknown])[]): string[] {
  const { environments, problems } = synth(
    changes.reduce<typeof example>(
      (one, [path, value]) => changed(one, path, value) as typeof example,
      example,
    ),
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
