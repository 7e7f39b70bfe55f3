import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reasonOf } from '../../src/catalog/read-text.js';
import { loadSelection, loadSelections } from '../../src/selection/load.js';
import { templates } from '../../templates/registry.js';
import { scratchProject, userReads } from './scratch.js';

const { root, write } = scratchProject();
const minimal = 'version: 1\nname: a\nscheme: open-private\nenvironments:\n  b: {}\n';

function reads(content: string | Uint8Array): string {
  const file = write('selections/a.yaml', content);
  return userReads(() => loadSelection(file, root, templates));
}

test('the least selection loads, with Windows line ends and a byte order mark too', () => {
  for (const text of [minimal, minimal.replaceAll('\n', '\r\n'), `\uFEFF${minimal}`]) {
    const loaded = loadSelection(write('selections/a.yaml', text), root, templates);
    expect(loaded.selection.environments).toEqual({ b: {} });
    expect(loaded.yaml.placeOf(['name'])).toEqual({ file: 'selections/a.yaml', line: 2, column: 7 });
  }
});

test('five different mistakes are five problems, each with its place and likely fix', () => {
  const text = `version: 1
name: chat
scheme: open-privat
modle: qwen3-32b
usage: { callsPerMonth: many }
environments:
  production:
    cluster: { kubernetes: 1.30, capabilities: [kedda] }
`;
  expect(reads(text)).toMatchInlineSnapshot(`
    "selections/a.yaml is not valid
      selections/a.yaml:3:9  scheme: must be one of: open-private, open-cloud, closed-private, closed-cloud, hybrid, image-to-3d, found 'open-privat'
            → did you mean open-private?
      selections/a.yaml:4:1  unknown key 'modle', allowed: version, name, scheme, model, precision, profile, sizing, engine, weights, cluster, expose, overrides, waivers, strict, requireLocked, organization, data, usage, vendor, budget, hosting, providers, routes, clients, gateway, container, agreement, deployments, entry, variant, acknowledged, run, program, gpu, resources, checkpoint, replicas, pictures, deadlineSeconds, environments
            → did you mean model?
      selections/a.yaml:5:25  usage.callsPerMonth: must be a number, found 'many'
            → write a plain number, without unit
      selections/a.yaml:8:28  environments.production.cluster.kubernetes: must be one of: 1.34, 1.35, 1.36, 1.37, found 1.3
            → write it in quotes: "1.30"
      selections/a.yaml:8:49  environments.production.cluster.capabilities[0]: must be one of: keda, prometheus-operator, grafana, external-secrets, gateway-api, cert-manager, ingress, network-policy, lws, nim-operator, istio, found 'kedda'
            → did you mean keda?"
  `);
});

test.each([
  ['gpusPerReplica: 2', 'did you mean sizing.gpusPerReplica?'],
  ['capabilities: [keda]', 'did you mean cluster.capabilities?'],
  ['namespace: llm', 'or environments.<name>.namespace?'],
  ['engine: { max_model_len: 8192 }', 'did you mean sizing.context?'],
  ['cluster: { tls: { issuer: a } }', 'did you mean expose.tls?'],
])('a key that belongs elsewhere is shown its place: %s', (line, expected) => {
  expect(reads(`${minimal}${line}\n`)).toContain(expected);
});

test('all files are read before anything is said', () => {
  const files = [
    write('selections/a.yaml', 'nam: a\n'),
    write('selections/b.yaml', minimal.replace('1', '2')),
  ];
  const printed = userReads(() => loadSelections(files, root, templates));
  expect(printed).toMatch(/^2 files are not valid/);
  expect(printed).toContain('selections/a.yaml:1:1');
  expect(printed).toContain('selections/b.yaml:1:10');
});

describe('odd files', () => {
  const deep = (levels: number) => `a: ${'['.repeat(levels)}${']'.repeat(levels)}`;
  const bomb = [...'bcdefgh'].reduce(
    (text, letter, index) =>
      `${text}${letter}: &${letter} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]\n`,
    'a: &a [x,x,x,x,x,x,x,x,x]\n',
  );
  test.each([
    ['empty', '', 'selections/a.yaml:1:1  the file is empty'],
    ['a comment only', '# to do\n', 'selections/a.yaml:1:1  the file is empty'],
    ['a list at the top', '- a\n', 'must be a map of keys, found a list'],
    ['a word at the top', 'hello\n', "must be a map of keys, found 'hello'"],
    ['not UTF-8', Buffer.from([0x6e, 0x61, 0xff, 0xfe]), 'this is not UTF-8'],
    ['UTF-16', Buffer.from(`\uFEFF${minimal}`, 'utf16le'), 'this is not UTF-8, it looks like UTF-16'],
    ['too large', `${minimal}${'#'.repeat(1_100_000)}`, 'bytes are too many'],
    ['a tab', `${minimal}\t c: {}\n`, 'selections/a.yaml:6:1  a tab indents this line'],
    ['a key twice', `${minimal}name: c\n`, "selections/a.yaml:6:1  duplicate key 'name'"],
    ['two documents', `${minimal}---\na: 1\n`, 'selections/a.yaml:6:1  a second document begins here'],
    ['an unclosed quote', `${minimal}model: "qwen\n`, 'missing closing "quote'],
    ['a colon in a value', `${minimal}model: qwen: 3\n`, "a ': ' inside a value"],
    ['an alias bomb', bomb, 'aliases multiply the content too often'],
    ['an alias without anchor', `${minimal}model: *b\n`, 'an alias (*…) without its anchor (&…)'],
    ['an alias into itself', `${minimal}cluster: &c { labels: *c }\n`, 'an alias leads back'],
    ['brackets nested too deep', deep(200_000), 'selections/a.yaml:1:103  nested deeper than 100 levels'],
    ['lists nested too deep', '- '.repeat(200_000), 'selections/a.yaml:1:199  nested deeper than 100 levels'],
    ['nested deep', deep(90), "unknown key 'a'"],
    ['no environment', minimal.replace('\n  b: {}', ' {}'), 'needs at least one environment'],
    ['environments without anything', minimal.replace('  b: {}\n', ''), 'must be a map of keys'],
    ['a date by tag', `${minimal}model: !!timestamp 2026-01-01\n`, 'only texts, numbers'],
    [
      'a number that is none',
      `${minimal}overrides: [{ target: { kind: A }, merge: { a: .nan } }]\n`,
      'NaN is no number',
    ],
    ['a tag of its own', `${minimal}model: !model qwen\n`, 'a tag that is not known here'],
    ['a key that is a list', `${minimal}[a]: 1\n`, 'a key must be a text'],
    ['a key of the language', `${minimal}__proto__: { x: 1 }\n`, "unknown key '__proto__'"],
    ['an environment named like one', minimal.replace('b:', 'constructor:'), ''],
    ['a NUL', minimal.replace('name: a', 'name: a\0'), 'must be lower case letters'],
  ])('%s', (_, content, expected) => {
    const printed = reads(content);
    if (expected === '') expect(printed).toBe('');
    else expect(printed).toContain(expected);
    expect(printed.split('\n').length).toBeLessThan(12);
  });

  test('a duplicate key does not hide the other mistakes', () => {
    const printed = reads(`${minimal}strict: 3\nstrict: 4\n`);
    expect(printed).toContain("7:1  duplicate key 'strict'");
    expect(printed).toContain('strict: must be true or false, found 4');
  });

  test('no file, a folder, a circle of links, a path through a file', () => {
    mkdirSync(join(root, 'selections', 'folder.yaml'), { recursive: true });
    symlinkSync('loop.yaml', join(root, 'selections', 'loop.yaml'));
    const says = (path: string) =>
      userReads(() => loadSelection(join(root, path), root, templates)).split('\n')[1];
    expect(says('selections/none.yaml')).toBe('  selections/none.yaml  no such file');
    expect(says('selections/folder.yaml')).toBe('  selections/folder.yaml  this is a folder, not a file');
    expect(says('selections/loop.yaml')).toBe('  selections/loop.yaml  its links lead in a circle');
    expect(says('cdk8s.yaml/x.yaml')).toMatch(/no such file: a part of its path is a file/);
    expect(userReads(() => loadSelection('/dev/zero', root, templates))).toContain(
      'this is not an ordinary file',
    );
  });

  test('a file without permission', () => {
    expect(reasonOf(Object.assign(new Error('no'), { code: 'EACCES' }))).toBe('no permission to read it');
    expect(reasonOf(Object.assign(new Error('no'), { code: 'EIO' }))).toBe('EIO');
  });
});

test('null removes in environments and selections, at any depth', () => {
  const text = `${minimal.replace('b: {}', 'b: { expose: { tls: null, timeoutSeconds: }, sizing: { replicas: { max: null } } }')}engine:\ncluster: { prometheus: { labels: { release: null } } }\n`;
  expect(reads(text)).toBe('');
});

test.each([
  ['a required key', 'name: null', 'name: must be a text, found nothing (null)'],
  ['a part of a reference', 'weights: { token: { secretRef: { name: null, key: a } } }', 'must be a text'],
  ['an entry of a list', 'waivers: [null]', 'waivers[0]: must be a map of keys'],
])('null does not remove %s', (_, line, expected) => {
  const key = line.split(':')[0] as string;
  const text = minimal.includes(`\n${key}:`) ? minimal.replace(/name: a/, line) : `${minimal}${line}\n`;
  expect(reads(text)).toContain(expected);
});
