import { chooseExamples, type Example, fitting, readExamples } from './examples.js';
import { type Fault, readFaults } from './fault.js';
import type { Outcome } from './layers/layer.js';
import { liveLayers } from './layers/live-layers.js';
import { askManifestChecks } from './layers/manifest-checks.js';
import { askPlanChecks } from './layers/plan-checks.js';
import { askSchemas, concernsSchemas } from './layers/schemas.js';
import { type LiveResults, placementKey } from './live-results.js';
import { type Planted, plant } from './plant.js';

/** What is known of one layer in one example; undefined where the layer has yet to be asked. */
export type Answer = Outcome | undefined;

/** One fault in one example. */
export interface Placement {
  readonly example: Example;
  /** By layer; a layer that the fault does not concern is not in it. */
  readonly answers: ReadonlyMap<string, Answer>;
}

export interface FaultRun {
  readonly fault: Fault;
  /** How many examples have what the fault asks for. */
  readonly fitting: number;
  readonly placements: readonly Placement[];
}

/** Plants every fault, asks the layers that need Node only, and puts what the others said last beside it. */
export function runFaults(live: LiveResults): readonly FaultRun[] {
  const examples = readExamples();
  return readFaults().map((fault) => ({
    fault,
    fitting: fitting(fault, examples).length,
    placements: chooseExamples(fault, examples).map((example) => ({
      example,
      answers: fault.selection ? planAnswers(fault, example) : objectAnswers(plant(fault, example), live),
    })),
  }));
}

/** Every fault that is planted in objects, in each of its examples. */
export function plantAll(): readonly Planted[] {
  const examples = readExamples();
  return readFaults()
    .filter(({ edit, add }) => edit !== undefined || add !== undefined)
    .flatMap((fault) => chooseExamples(fault, examples).map((example) => plant(fault, example)));
}

function planAnswers(fault: Fault, example: Example): ReadonlyMap<string, Answer> {
  return new Map([['plan checks', askPlanChecks(fault, example)]]);
}

function objectAnswers(planted: Planted, live: LiveResults): ReadonlyMap<string, Answer> {
  const key = placementKey(planted.fault.id, planted.example.id);
  const kept = liveLayers
    .filter(({ concerns }) => concerns(planted))
    .map(({ name }) => [name, keptAnswer(live[name]?.said[key])] as const);
  const schemas = concernsSchemas(planted) ? [['schemas', askSchemas(planted)] as const] : [];
  return new Map<string, Answer>([['manifest checks', askManifestChecks(planted)], ...schemas, ...kept]);
}

function keptAnswer(said: string | null | undefined): Answer {
  if (said === undefined) return undefined;
  return { caught: said !== null, by: [], says: said === null ? [] : [said] };
}
