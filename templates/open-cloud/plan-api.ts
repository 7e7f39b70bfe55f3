import { issueMessage } from '../../src/catalog/issue-message.js';
import { type Problem, UserError } from '../../src/error.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { planClosedCloud } from '../closed-cloud/plan.js';
import { ClosedCloudSection } from '../closed-cloud/section.js';
import type { OpenCloudSection } from './section.js';

/**
 * An open model behind a provider's API: the gateway of closed-cloud, and the licence of the model on top.
 * @throws UserError where the model or one of the gateway's keys is missing.
 */
export function planApi(resolved: ResolvedSelection): Plan {
  const { hosting: _, ...gateway } = resolved.section as OpenCloudSection;
  const parsed = ClosedCloudSection.safeParse(gateway, { error: issueMessage });
  const problems: Problem[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({
        place: resolved.placeOf(['hosting']),
        message: `hosting is api: ${issue.message}`,
        fix: 'hosting: api takes the keys of closed-cloud: providers, routes, clients',
      }));
  if (resolved.model === null)
    problems.push({
      place: resolved.placeOf(['hosting']),
      message: "missing key 'model': hosting is api, and the licence hangs on the model",
      fix: 'set model: to the open model that the provider serves, by its id in the catalogue',
    });
  if (!parsed.success || problems.length > 0) throw new UserError('the gateway cannot be planned', problems);
  const plan = planClosedCloud({ ...resolved, section: parsed.data });
  return {
    ...plan,
    assumptions: [...plan.assumptions, ...whatTheyServe(resolved, parsed.data)],
  };
}

/**
 * What the catalogue knows of each id in the routes.
 * @throws UserError where a provider is known to serve another model under it.
 */
function whatTheyServe(
  { model, providers, placeOf }: ResolvedSelection,
  section: ClosedCloudSection,
): string[] {
  const problems: Problem[] = [];
  const said = Object.entries(section.routes).flatMap(([route, { targets }]) =>
    targets.map(({ provider, model: id }, index) => {
      const profile = providers[section.providers[provider]?.profile ?? ''];
      const known = profile?.models.find((one) => one.id === id);
      if (known?.open === undefined || known.open === null)
        return `that ${provider} serves ${model?.name} as ${id} is its own word`;
      if (known.open !== model?.id)
        problems.push({
          place: placeOf(['routes', route, 'targets', index]),
          message: `${provider} serves ${known.open} as ${id}, and model is ${model?.id}`,
          fix: `set model: ${known.open}, whose licence then counts, or take another id`,
        });
      return `${provider} serves ${known.open} as ${id} (${known.source}, ${known.seen})`;
    }),
  );
  if (problems.length > 0) throw new UserError('a provider serves another model', problems);
  return said;
}
