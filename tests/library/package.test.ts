import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const tsc = join(root, 'node_modules/typescript/bin/tsc');

/** Somebody else's project: outside this repository, with nothing but the packed package and what npm brings with it. */
let project: string;

beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'berth-consumer-')));
  npm(root, 'pack', '--ignore-scripts', '--silent', '--pack-destination', project);
  const [tarball = ''] = readdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }');
  npm(project, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', `./${tarball}`);
  writeFileSync(join(project, 'chart.ts'), chartOfReadme());
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function npm(cwd: string, ...args: readonly string[]): void {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], timeout: 240_000 });
}

/** The chart that the README shows is the one that is tried. */
function chartOfReadme(): string {
  const [, chart] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  if (chart === undefined) throw new Error('the README shows no chart');
  return chart;
}

/** Neither `skipLibCheck` nor types of Node: what the package declares must hold by itself. */
function compile(module: string, moduleResolution: string, ...more: readonly string[]) {
  const options = {
    module,
    moduleResolution,
    target: 'es2022',
    types: [],
    strict: true,
    skipLibCheck: false,
  };
  const compilerOptions = { ...options, exactOptionalPropertyTypes: false, outDir: 'out' };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['chart.ts'] }));
  return spawnSync(process.execPath, [tsc, '-p', project, ...more], {
    cwd: project,
    encoding: 'utf8',
    timeout: 100_000,
  });
}

test('the chart has five statements', () => {
  const statements = chartOfReadme()
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('import'));
  expect(statements.length).toBeLessThanOrEqual(5);
});

describe('a project with the packed package alone', () => {
  test.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('type-checks under strict, module %s, resolution %s', (module, resolution) => {
    const { status, stdout } = compile(module, resolution, '--noEmit');
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  test('is told of a misspelt option by the compiler', () => {
    const right = readFileSync(join(project, 'chart.ts'), 'utf8');
    writeFileSync(join(project, 'chart.ts'), right.replace('profile:', 'profil:'));
    const { status, stdout } = compile('node16', 'node16', '--noEmit');
    writeFileSync(join(project, 'chart.ts'), right);
    expect(status).not.toBe(0);
    expect(stdout).toMatch(/chart\.ts\(5,.*'profil' does not exist in type .*PlanOptions/);
  });

  test('synthesises a server that knows its accelerator and its probes', () => {
    expect(compile('node16', 'node16').status).toBe(0);
    execFileSync(process.execPath, ['out/chart.js'], { cwd: project, stdio: 'inherit', timeout: 60_000 });
    const [file = ''] = readdirSync(join(project, 'dist'));
    const text = readFileSync(join(project, 'dist', file), 'utf8');
    const objects = parseAllDocuments(text).map((document) => document.toJS());
    const server = objects.find(({ kind }) => kind === 'Deployment');
    const [container] = server.spec.template.spec.containers;
    expect(container.resources.limits['nvidia.com/gpu']).toBe(1);
    expect(container.image).toMatch(/^vllm\/vllm-openai:v\d+\.\d+\.\d+/);
    expect(container.startupProbe.failureThreshold).toBeGreaterThan(5);
    const kinds = objects.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['Namespace', 'Job', 'PersistentVolumeClaim', 'Service']));
  });

  test('has one copy of cdk8s and of constructs, and the command', () => {
    const own = join(project, 'node_modules', 'cdk8s-berth', 'node_modules');
    for (const name of ['cdk8s', 'constructs']) expect(existsSync(join(own, name)), name).toBe(false);
    const berth = join(project, 'node_modules', '.bin', 'berth');
    const { status, stdout } = spawnSync(berth, ['size', 'qwen3-8b', '--on', '1xl40s', '--json'], {
      cwd: project,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout).fits).toBe(true);
  });

  test('finds no type of a package that it has not', () => {
    const declarations = join(project, 'node_modules', 'cdk8s-berth', 'lib');
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const known = Object.keys({ ...dependencies, ...peerDependencies });
    const used = readdirSync(declarations, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.d.ts'))
      .flatMap((name) => {
        const text = readFileSync(join(declarations, name), 'utf8');
        return [...text.matchAll(/^(?:import|export) .* from '([^.'][^']*)'|import\("([^."][^"]*)"\)/gm)].map(
          ([, from, inline]) => from ?? inline ?? '',
        );
      });
    expect(used.length).toBeGreaterThan(20);
    for (const name of new Set(used)) expect(known).toContain(name);
  });
});
