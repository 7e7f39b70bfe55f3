import type { Obligation } from '../licence/duties.js';
import { type Plan, plansOf } from '../plan/plan.js';

/**
 * What goes along with the weights, as plain text: no GitOps tool takes a file without an ending for a manifest.
 * Null where no licence asks for anything.
 */
export function renderNotice(plan: Plan): string | null {
  const models = plansOf(plan)
    .flatMap(({ servers }) => servers.map(({ model }) => model))
    .filter(({ licensing }) => licensing.obligations.length > 0);
  if (models.length === 0) return null;
  const parts = models.flatMap(({ name, repository, licensing }) => [
    `${name} (${repository})`,
    ...licensing.licences.map(
      ({ name: licence, of, how }) => `  ${licence}${how === null ? '' : `, through ${of}`}`,
    ),
    ...duties(
      '  Do now:',
      licensing.obligations.filter(({ only }) => only === null),
    ),
    ...duties(
      '  Do if it comes to that:',
      licensing.obligations.filter(({ only }) => only !== null),
    ),
  ]);
  const head = `Licences of the model weights of ${plan.name}/${plan.environment}, and what they ask for.`;
  return `${[head, `Made from ${plan.selection}; no legal advice. Keep it beside the weights and pass it on with them.`, '', ...parts].join('\n')}\n`;
}

function duties(title: string, found: readonly Obligation[]): string[] {
  if (found.length === 0) return [];
  return [
    '',
    title,
    ...found.map(
      ({ text, link, only }) =>
        `  - ${only === null ? '' : `${only}: `}${text}${link === null ? '' : `\n    ${link}`}`,
    ),
  ];
}
