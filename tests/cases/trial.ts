import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { openCatalog } from '../../src/catalog/catalog.js';
import type { Finding } from '../../src/checks/check.js';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { planChecks } from '../../src/checks/plan/all.js';
import { runChecks } from '../../src/checks/run.js';
import type { Problem } from '../../src/error.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Inspected } from '../../src/inspect/inspected.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import type { Plan, ServerPlan } from '../../src/plan/plan.js';
import { synthesize } from '../../src/synth/synthesize.js';
import { templates } from '../../templates/registry.js';
import { berth, type Ran } from '../cli/run.js';
import type { FieldCase } from './case.js';

const catalog = openCatalog(process.cwd());
const engines = (version: string) => catalog.engine(version)?.table;

/** What `berth synth` would write for one environment, and what it says of it. */
export interface Deployed {
  readonly plan: Plan;
  readonly server: ServerPlan;
  readonly findings: readonly Finding[];
  readonly objects: readonly KubernetesObject[];
  readonly inspected: Inspected;
  /** Arguments of the server's container. */
  readonly args: readonly string[];
  ofKind(kind: string): readonly KubernetesObject[];
}

/** What came of the case's selection. */
export interface Deployment {
  readonly exitCode: number;
  readonly problems: readonly Problem[];
  readonly environments: Readonly<Record<string, Deployed>>;
}

/** Changes of the case's selection: dotted keys; `undefined` takes one out. */
export type Change = Readonly<Record<string, unknown>>;

/** One case, ready to be tried. */
export class Trial {
  /** Judges ask for the same more than once. */
  private readonly done = new Map<string, Promise<unknown>>();

  constructor(readonly fieldCase: FieldCase) {}

  /** Runs a command of the case in an empty project. */
  command(name: string): Promise<Ran> {
    return this.once(`command ${name}`, () => this.run(name));
  }

  /** What the selection deploys, and every problem that keeps it from being written. */
  deploy(change: Change = {}): Promise<Deployment> {
    // JSON drops keys that are taken out.
    const key = JSON.stringify(Object.entries(change).map(([name, value]) => [name, value ?? null]));
    return this.once(`deploy ${key}`, () => this.synthesize(change));
  }

  private once<Result>(key: string, run: () => Promise<Result>): Promise<Result> {
    const result = (this.done.get(key) as Promise<Result> | undefined) ?? run();
    this.done.set(key, result);
    return result;
  }

  private run(name: string): Promise<Ran> {
    const line = this.fieldCase.input.commands?.[name];
    if (line === undefined) throw new Error(`${this.fieldCase.id} has no command ${name}`);
    return this.inProject((root) => berth(root, ...line.split(/\s+/)));
  }

  private synthesize(change: Change): Promise<Deployment> {
    return this.inProject(async (root) => {
      const selection = changed(this.fieldCase.input.selection, change);
      mkdirSync(join(root, 'selections'), { recursive: true });
      writeFileSync(join(root, 'selections', 'case.yaml'), stringify({ version: 1, ...selection }));
      const checks = { plan: planChecks, manifest: manifestChecks };
      const result = synthesize({ root, asOf: '2026-11-25', templates, checks, keepGoing: true });
      const problems: readonly Problem[] = result.error?.problems ?? [];
      const environments = Object.fromEntries(
        result.environments.map(({ resolved, plan, findings, objects }) => [
          resolved.environment,
          deployed(plan, findings, objects),
        ]),
      );
      return { exitCode: result.error === undefined ? 0 : 1, problems, environments };
    });
  }

  /** The only environment, or the named one, of a selection that is written. */
  async one(change: Change = {}, environment = 'production'): Promise<Deployed> {
    const { environments, problems } = await this.deploy(change);
    const found = environments[environment];
    if (found === undefined || found.objects.length === 0) {
      throw new Error(
        `nothing is written: ${problems.map(({ id, message }) => `${id} ${message}`).join('; ')}`,
      );
    }
    return found;
  }

  /** What the manifest checks say of the case's own objects. */
  audit(): Finding[] {
    const objects = this.fieldCase.input.manifests as unknown as readonly KubernetesObject[];
    return runChecks(manifestChecks, inspect(objects, engines));
  }

  private async inProject<Result>(run: (root: string) => Promise<Result>): Promise<Result> {
    const root = mkdtempSync(join(tmpdir(), 'berth-case-'));
    try {
      writeFileSync(join(root, 'cdk8s.yaml'), '');
      for (const [path, content] of Object.entries(this.fieldCase.input.files ?? {})) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), JSON.stringify(content));
      }
      return await run(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

function deployed(plan: Plan, findings: readonly Finding[], objects: readonly KubernetesObject[]): Deployed {
  const inspected = inspect(objects, engines);
  return {
    plan,
    get server() {
      const [server] = plan.servers;
      if (server === undefined) throw new Error('a plan without a server');
      return server;
    },
    findings,
    objects,
    inspected,
    args: inspected.servers[0]?.container.args ?? [],
    ofKind: (kind) => objects.filter((object) => object.kind === kind),
  };
}

function changed(selection: unknown, change: Change): Record<string, unknown> {
  const data = structuredClone(selection) as Record<string, unknown>;
  for (const [key, value] of Object.entries(change)) {
    const path = key.split('.');
    let node = data;
    for (const part of path.slice(0, -1)) {
      node[part] ??= {};
      node = node[part] as Record<string, unknown>;
    }
    const last = path.at(-1) ?? '';
    if (value === undefined) delete node[last];
    else node[last] = value;
  }
  return data;
}
