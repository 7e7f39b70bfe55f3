import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../catalog/package-root.js';
import type { Texts } from './texts/texts.js';

/** Paths below the folder, with what they hold. */
export type Files = ReadonlyMap<string, string>;

interface OwnPackage {
  readonly name: string;
  readonly version: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** What a folder that is no project yet needs beside its selection. Files that stand there already are left alone. */
export function projectFiles(folder: string, name: string, { comments }: Texts): Files {
  const own: OwnPackage = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  const cli = own.devDependencies?.['cdk8s-cli'];
  const manifest = {
    name,
    private: true,
    type: 'module',
    scripts: { synth: 'berth synth', check: 'berth synth --check' },
    devDependencies: { [own.name]: own.version, ...(cli !== undefined && { 'cdk8s-cli': cli }) },
  };
  const files: [string, string][] = [
    ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    [
      'cdk8s.yaml',
      `# ${comments.cdk8s}\nlanguage: typescript\napp: node node_modules/${own.name}/bin/app.js\noutput: .berth/synth\n`,
    ],
    ['.gitignore', 'node_modules/\n.berth/\n'],
    ['.github/workflows/manifests.yaml', workflow(comments.ci)],
  ];
  return new Map(files.filter(([path]) => path === 'cdk8s.yaml' || !existsSync(join(folder, path))));
}

function workflow(comment: string): string {
  return [
    `# ${comment}`,
    'name: manifests',
    'on: [push, pull_request]',
    'jobs:',
    '  check:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - uses: actions/setup-node@v4',
    '        with: { node-version: 20, cache: npm }',
    '      - run: npm ci',
    '      - run: npx berth synth --check',
    '',
  ].join('\n');
}

/** Path of the schema of selections as an editor sees it from selections/. */
export function schemaPath(root: string): string {
  const own = join(root, 'schema', 'selection.json');
  return existsSync(own) ? '../schema/selection.json' : '../node_modules/cdk8s-berth/schema/selection.json';
}
