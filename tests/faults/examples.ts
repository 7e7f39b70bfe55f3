import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openCatalog } from '../../src/catalog/catalog.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Inspected, Server } from '../../src/inspect/inspected.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import type { Plan } from '../../src/plan/plan.js';
import { findEnvironments } from '../cluster/environments.js';
import type { Fact, Fault } from './fault.js';
import { plannedAsItIs } from './plan-selection.js';

export const EXAMPLES_A_FAULT = 3;

/** One environment of dist/, with what faults ask for. */
export interface Example {
  /** `<selection>/<environment>` */
  readonly id: string;
  readonly selection: string;
  readonly environment: string;
  readonly objects: readonly KubernetesObject[];
  readonly facts: ReadonlySet<Fact>;
}

const catalog = openCatalog(undefined);

const inspected = new WeakMap<readonly KubernetesObject[], Inspected>();

/** What the objects deploy, with the tables of the package. */
export function read(objects: readonly KubernetesObject[]): Inspected {
  const found = inspected.get(objects) ?? inspect(objects, (version) => catalog.engine(version)?.table);
  inspected.set(objects, found);
  return found;
}

/**
 * The environments of the scheme that the faults are written for; gateways are broken in the layers `gateway` and `hybrid`.
 * @throws where dist/ is empty, or one of them serves nothing
 */
export function readExamples(): readonly Example[] {
  return findEnvironments().flatMap(({ id, folder, objects: found }) => {
    const { scheme } = JSON.parse(readFileSync(`${folder}.plan.json`, 'utf8')) as Plan;
    if (scheme !== 'open-private') return [];
    const objects = found as unknown as readonly KubernetesObject[];
    const [selection = '', environment = ''] = id.split('/');
    const [server] = read(objects).servers;
    if (!server) throw new Error(`${id} holds no model server`);
    return [{ id, selection, environment, objects, facts: factsOf(selection, environment, objects, server) }];
  });
}

/**
 * The examples that a fault is planted in: of those that have what it asks for, three by the hash of both names, of
 * different selections first. A new example then moves few of the others.
 */
export function chooseExamples(fault: Fault, examples: readonly Example[]): readonly Example[] {
  const able = fitting(fault, examples).toSorted((a, b) => (hash(fault, a) < hash(fault, b) ? -1 : 1));
  const first = able.filter(
    ({ selection }, index) => able.findIndex((each) => each.selection === selection) === index,
  );
  return [...new Set([...first, ...able])].slice(0, EXAMPLES_A_FAULT);
}

/** The examples that have every fact that the fault asks for. */
export function fitting(fault: Fault, examples: readonly Example[]): readonly Example[] {
  return fault.beyond === undefined
    ? examples.filter(({ facts }) => fault.in.every((fact) => facts.has(fact)))
    : [];
}

function hash(fault: Fault, example: Example): string {
  return createHash('sha256').update(`${fault.id} ${example.id}`).digest('hex');
}

function factsOf(
  selection: string,
  environment: string,
  objects: readonly KubernetesObject[],
  { engine }: Server,
): ReadonlySet<Fact> {
  const has = (kind: string) => objects.some((object) => object.kind === kind);
  const claims = read(objects).claims;
  const download = JSON.stringify(objects.filter(({ kind }) => kind === 'Job'));
  const { plan, resolved } = plannedAsItIs(selection, environment);
  const tests: Readonly<Record<Fact, boolean>> = {
    route: has('HTTPRoute'),
    rule: has('PrometheusRule'),
    scaler: has('ScaledObject'),
    external: has('ExternalSecret'),
    parallel: engine.tensorParallelSize > 1,
    'node-bound': claims.some(({ accessModes }) => accessModes.includes('ReadWriteOnce')),
    admission: engine.args.includes('--max-num-queued-reqs'),
    // Weights from the hub itself, and no token for it.
    hub: download.includes('--hub=huggingface') && !/HF_ENDPOINT|--token-file=/.test(download),
    'short-cache': plan.servers.some(
      ({ sizing }) => sizing.kvCacheTokens < (resolved.model?.context.max ?? 0),
    ),
  };
  return new Set((Object.keys(tests) as Fact[]).filter((fact) => tests[fact]));
}
