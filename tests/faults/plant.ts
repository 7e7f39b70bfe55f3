import type { KubernetesObject } from '../../src/inspect/types.js';
import { mutate } from '../checks/manifest/mutate.js';
import type { Example } from './examples.js';
import type { Edit, Fault } from './fault.js';
import { expandMacro } from './macros.js';
import { rename } from './rename.js';

/** A fault in the objects of one example. */
export interface Planted {
  readonly fault: Fault;
  readonly example: Example;
  /** The objects without the fault: as in dist/, but with the engine's version that the fault asks for. */
  readonly sound: readonly KubernetesObject[];
  readonly faulty: readonly KubernetesObject[];
  /** Those of `faulty` that are not in `sound` as they stand. */
  readonly changed: readonly KubernetesObject[];
}

/**
 * Plants a fault in a copy of an example's objects. The engine's version counts as the ground that the fault stands on:
 * what the version alone brings is no catch.
 * @throws where a step finds nothing to change, or changes nothing: such a fault would prove nothing
 */
export function plant(fault: Fault, example: Example): Planted {
  const { edit = [], add } = fault;
  const place = `${fault.id} in ${example.id}`;
  const isVersion = ({ image }: Edit) => image !== undefined;
  const version = edit.filter(isVersion);
  const sound = version.length > 0 ? mutate(example.objects, { edit: version }) : example.objects;
  let faulty = sound;
  for (const step of edit.filter((each) => !isVersion(each))) {
    const next = applyStep(faulty, step, place);
    if (!mayDoNothing(step) && same(next, faulty))
      throw new Error(`${place}: ${JSON.stringify(step)} changes nothing`);
    faulty = next;
  }
  if (add !== undefined)
    faulty = mutate(faulty, { add: typeof add === 'string' ? expandMacro(add, faulty) : add });
  const known = new Set(sound.map((object) => JSON.stringify(object)));
  const changed = faulty.filter((object) => !known.has(JSON.stringify(object)));
  if (changed.length === 0) throw new Error(`${place} changes nothing`);
  return { fault, example, sound, faulty, changed };
}

function applyStep(objects: readonly KubernetesObject[], step: Edit, place: string): KubernetesObject[] {
  const { rename: name, ...edit } = step;
  try {
    const result = mutate(objects, { edit: [edit] });
    const target = result.find(
      (object) => object.kind === edit.on && (edit.name ?? object.metadata.name) === object.metadata.name,
    );
    if (name !== undefined && target) rename(result, target, name);
    return result;
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`);
  }
}

// One example may lack what another has: a flag that only gaming cards need, or those cards themselves.
function mayDoNothing({ args, env, mount, 'node-label': label }: Edit): boolean {
  return label !== undefined || [args, env, mount].some((part) => part?.remove !== undefined);
}

function same(a: readonly KubernetesObject[], b: readonly KubernetesObject[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
