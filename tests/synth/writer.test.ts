import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userReads } from '../selection/scratch.js';
import { toyProject, toySelection } from './toy-project.js';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

function written() {
  const project = toyProject();
  project.write('selections/a.yaml', toySelection('a'));
  project.write('selections/b.yaml', toySelection('b'));
  project.synth();
  const at = (path: string) => join(project.root, 'dist', path);
  const age = (path: string) => utimesSync(at(path), LONG_AGO, LONG_AGO);
  const isOld = (path: string) => statSync(at(path)).mtimeMs === LONG_AGO.getTime();
  return { ...project, at, age, isOld };
}

test('what is as wanted is not touched, and a synth that changes nothing writes nothing', () => {
  const { root, write, synth, at, age, isOld } = written();
  for (const file of ['configmap-settings.yaml', 'deployment-toy.yaml']) age(`a/production/${file}`);
  rmSync(join(root, '.berth'), { recursive: true });
  expect(synth().files).toEqual([]);
  expect(existsSync(join(root, '.berth'))).toBe(false);
  write('selections/a.yaml', toySelection('a').replace('8192', '4096'));
  const changed = synth().files.map(({ kind, path }) => `${kind} ${path}`);
  expect(changed).toEqual([
    'changed dist/a/production.plan.json',
    'changed dist/a/production/PLAN.md',
    'changed dist/a/production/configmap-settings.yaml',
  ]);
  expect(isOld('a/production/configmap-settings.yaml')).toBe(false);
  expect(isOld('a/production/deployment-toy.yaml')).toBe(true);
  expect(readFileSync(at('a/production/configmap-settings.yaml'), 'utf8')).toContain('"4096"');
});

test('modes do not depend on the umask', () => {
  const before = process.umask(0o077);
  try {
    const { at } = written();
    expect(statSync(at('a/production')).mode & 0o777).toBe(0o755);
    expect(statSync(at('a/production/PLAN.md')).mode & 0o777).toBe(0o644);
  } finally {
    process.umask(before);
  }
});

test("a stranger's file in an environment's folder goes, elsewhere in dist it stays", () => {
  const { write, synth, files, at } = written();
  write('dist/a/production/extra.yaml', 'x: 1\n');
  write('dist/a/production/deep/er/extra.yaml', 'x: 1\n');
  for (const path of ['README.md', 'a/notes.txt', 'other/production/service.yaml'])
    write(`dist/${path}`, 'mine\n');
  synth();
  expect(existsSync(at('a/production/extra.yaml'))).toBe(false);
  expect(existsSync(at('a/production/deep'))).toBe(false);
  const mine = Object.entries(files()).flatMap(([path, text]) => (text === 'mine\n' ? [path] : []));
  expect(mine).toEqual(['README.md', 'a/notes.txt', 'other/production/service.yaml']);
});

test('environments and selections that are no more go with a full synth, not with a partial one or a failed one', () => {
  const { root, write, synth, at } = written();
  rmSync(join(root, 'selections/b.yaml'));
  write('selections/a.yaml', toySelection('a').replace('  staging: {}\n', ''));
  synth({ files: [join(root, 'selections/a.yaml')] });
  synth({ environment: 'production' });
  write('selections/c.yaml', 'version: 2\n');
  expect(synth({ keepGoing: true }).error).toBeDefined();
  for (const path of ['a/staging', 'b/production', 'b/staging.plan.json'])
    expect(existsSync(at(path))).toBe(true);
  rmSync(join(root, 'selections/c.yaml'));
  synth();
  for (const path of ['a/staging', 'a/staging.plan.json', 'b']) expect(existsSync(at(path))).toBe(false);
  expect(existsSync(at('a/production/PLAN.md'))).toBe(true);
});

test('with keep-going what is fine is written, and the error tells the rest', () => {
  const { write, synth, files } = toyProject();
  write('selections/a.yaml', toySelection('a'));
  write('selections/b.yaml', toySelection('b').replace('context: 8192', 'accelerator: h100-sxn'));
  expect(userReads(() => synth())).toContain('selections/b.yaml cannot be deployed');
  expect(files()).toEqual({});
  const { error } = synth({ keepGoing: true });
  expect(error?.message).toContain('selections/b.yaml');
  const written = Object.keys(files()).filter((path) => path.endsWith('PLAN.md'));
  expect(written).toEqual(['a/production/PLAN.md', 'a/staging/PLAN.md', 'b/staging/PLAN.md']);
});

test('a link inside dist is replaced or refused, never followed', () => {
  const { root, synth, at } = written();
  mkdirSync(join(root, 'elsewhere/production'), { recursive: true });
  writeFileSync(join(root, 'elsewhere/target.yaml'), 'precious\n');
  rmSync(at('a/production/deployment-toy.yaml'));
  symlinkSync(join(root, 'elsewhere/target.yaml'), at('a/production/deployment-toy.yaml'));
  symlinkSync(join(root, 'elsewhere'), at('a/production/loop'));
  synth();
  expect(lstatSync(at('a/production/deployment-toy.yaml')).isFile()).toBe(true);
  expect(existsSync(at('a/production/loop'))).toBe(false);
  expect(readFileSync(join(root, 'elsewhere/target.yaml'), 'utf8')).toBe('precious\n');

  rmSync(at('a'), { recursive: true });
  symlinkSync(join(root, 'elsewhere'), at('a'));
  expect(userReads(() => synth())).toContain('dist/a is a symbolic link, a folder is needed');
  expect(existsSync(join(root, 'elsewhere/production/PLAN.md'))).toBe(false);
});

test('a file where a folder belongs is refused, a folder where a file belongs is replaced', () => {
  const { root, synth, at } = written();
  rmSync(at('a/production/deployment-toy.yaml'));
  mkdirSync(at('a/production/deployment-toy.yaml/deep'), { recursive: true });
  writeFileSync(at('a/production/deployment-toy.yaml/deep/x'), '');
  synth();
  expect(statSync(at('a/production/deployment-toy.yaml')).isFile()).toBe(true);
  rmSync(at(''), { recursive: true });
  writeFileSync(join(root, 'dist'), 'precious\n');
  expect(userReads(() => synth())).toContain('dist is a file, a folder is needed');
  expect(readFileSync(join(root, 'dist'), 'utf8')).toBe('precious\n');
});
