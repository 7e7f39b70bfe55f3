import { Testing } from 'cdk8s';
import type { Plan } from '../../src/plan/plan.js';
import { build } from '../../templates/open-private/build.js';

/** An object as it would be written. Tests read any field of it. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into manifests, whose shape is what they check.
export type Manifest = any;

/** Everything that a plan is built into. */
export function objectsOf(plan: Plan): Manifest[] {
  const chart = Testing.chart();
  build(chart, plan);
  return chart.toJson();
}

/** The one object of a kind, and of a name where there are several. */
export function only(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = objects.filter((o) => o.kind === kind && (name === undefined || o.metadata.name === name));
  if (found.length !== 1) throw new Error(`expected one ${kind} ${name ?? ''}, found ${found.length}`);
  return found[0];
}

/** The one object of a kind in what a plan is built into. */
export function built(plan: Plan, kind: string, name?: string): Manifest {
  return only(objectsOf(plan), kind, name);
}

/** Pod templates of every workload. */
export function podTemplates(objects: readonly Manifest[]): Manifest[] {
  return objects.filter((o) => ['Deployment', 'Job'].includes(o.kind)).map((o) => o.spec.template);
}
