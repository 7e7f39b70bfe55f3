import { schemaProblems } from '../../schemas/validate.js';
import { plannedAsItIs } from '../plan-selection.js';
import type { Planted } from '../plant.js';
import type { Outcome } from './layer.js';
import { hasDefinition } from './live-layers.js';

/** Whether every kind that the fault changes has a schema here. */
export function concernsSchemas({ changed }: Planted): boolean {
  return changed.every(hasDefinition);
}

/** Caught where a changed object breaks the strict schema of the Kubernetes version that the example is for. */
export function askSchemas(planted: Planted): Outcome {
  const { selection, environment } = planted.example;
  const { kubernetes } = plannedAsItIs(selection, environment).resolved.cluster;
  if (kubernetes === undefined) throw new Error(`${planted.example.id} is for no Kubernetes version`);
  const says = planted.changed.flatMap((object) => schemaProblems(kubernetes, object));
  return { caught: says.length > 0, by: [], says };
}
