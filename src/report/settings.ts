import type { KubernetesObject } from '../inspect/types.js';
import type { Plan } from '../plan/plan.js';
import { list, section, table } from './markdown.js';

/** Every value that somebody or something set, with where it came from. */
export function settings(plan: Plan): string | null {
  if (plan.settings.length === 0) return null;
  return section(
    'Where the values come from',
    table(
      ['key', 'value', 'from'],
      plan.settings.map(({ key, value, from, detail }) => [
        `\`${key}\``,
        `\`${JSON.stringify(value)}\``,
        detail === undefined ? from : `${from} (${detail})`,
      ]),
    ),
    list(plan.notices),
  );
}

/** What the numbers rest on. */
export function assumptions(plan: Plan): string | null {
  return section('Assumptions', list(plan.assumptions));
}

/** What is in the folder. */
export function objects(manifests: readonly KubernetesObject[]): string | null {
  const why = (object: KubernetesObject) => object.metadata.annotations?.['berth.dev/why'] ?? '';
  return section(
    'Objects',
    table(
      ['kind', 'name', 'why'],
      manifests.map((object) => [object.kind, `\`${object.metadata.name}\``, why(object)]),
    ),
  );
}
