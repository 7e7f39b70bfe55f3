import { type Problem, UserError } from '../../src/error.js';
import { MESSAGES_PATH } from '../../src/selection/gateway-settings.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { refuseDeployments } from './deployments.js';
import { standsBeside } from './private-schemes.js';
import { type HybridRoute, type HybridSection, isOwn } from './section.js';

/** Which gateway each route belongs to, and the namespace of each part. */
export interface Sides {
  readonly section: HybridSection;
  /** Routes whose targets are deployments only. */
  readonly private: Readonly<Record<string, HybridRoute>>;
  /** Routes with a provider among their targets. */
  readonly general: Readonly<Record<string, HybridRoute>>;
  /** Names of the deployments behind the private gateway; without any there is none. */
  readonly served: readonly string[];
  readonly namespaces: {
    readonly entry: string;
    readonly private: string;
    readonly general: string;
    readonly deployment: (name: string) => string;
  };
}

/**
 * Sorts the routes of a hybrid.
 * @throws UserError with every name that leads nowhere, every deployment that is none, and every choice of the entry
 * whose second way may not carry everything.
 */
export function sidesOf(resolved: ResolvedSelection): Sides {
  const section = resolved.section as HybridSection;
  const { routes } = section;
  const isPrivate = ({ targets }: HybridRoute) => targets.every(isOwn);
  const pick = (wanted: boolean) =>
    Object.fromEntries(Object.entries(routes).filter(([, route]) => isPrivate(route) === wanted));
  const { namespace } = resolved;
  const sides: Sides = {
    section,
    private: pick(true),
    general: pick(false),
    served: Object.keys(section.deployments).filter(
      (name) => !standsBeside(String(section.deployments[name]?.scheme)),
    ),
    namespaces: {
      entry: namespace,
      private: `${namespace}-private`,
      general: `${namespace}-general`,
      deployment: (name) => `${namespace}-${name}`,
    },
  };
  const problems = [
    ...refuseDeployments(resolved, section),
    ...unknownTargets(resolved, section),
    ...wrongPaths(resolved, section),
    ...badChoices(resolved, sides),
  ];
  if (problems.length > 0) throw new UserError('the hybrid cannot be planned', problems);
  return sides;
}

function unknownTargets(
  { placeOf }: ResolvedSelection,
  { routes, deployments, clients }: HybridSection,
): Problem[] {
  const own = Object.keys(deployments);
  const names = Object.keys(routes);
  return [
    ...Object.entries(routes).flatMap(([name, { targets }]) =>
      targets.flatMap((target, index): Problem[] =>
        !isOwn(target) || own.includes(target.deployment)
          ? []
          : [
              {
                place: placeOf(['routes', name, 'targets', index, 'deployment']),
                message: `no deployment '${target.deployment}' in deployments, there are: ${own.join(', ')}`,
              },
            ],
      ),
    ),
    ...Object.entries(clients).flatMap(([name, client]) =>
      (client.routes ?? []).flatMap((route, index): Problem[] =>
        names.includes(route)
          ? []
          : [
              {
                place: placeOf(['clients', name, 'routes', index]),
                message: `no route '${route}' in routes, there are: ${names.join(', ')}`,
              },
            ],
      ),
    ),
  ];
}

function wrongPaths({ placeOf }: ResolvedSelection, { routes }: HybridSection): Problem[] {
  return Object.entries(routes).flatMap(([name, { targets, paths }]): Problem[] => {
    const own = targets.find(isOwn);
    return own === undefined || !paths.includes(MESSAGES_PATH)
      ? []
      : [
          {
            place: placeOf(['routes', name, 'paths']),
            message: `route ${name} takes ${MESSAGES_PATH}, and deployment ${own.deployment} is asked in the OpenAI format`,
            fix: `take ${MESSAGES_PATH} out of its paths, or the deployment out of its targets`,
          },
        ];
  });
}

function badChoices({ placeOf }: ResolvedSelection, sides: Sides): Problem[] {
  const { section } = sides;
  return Object.entries(section.entry?.routes ?? {}).flatMap(([name, { general, otherwise }]): Problem[] => {
    const place = (key: string) => placeOf(['entry', 'routes', name, key]);
    const problems: Problem[] = [];
    if (name in section.routes)
      problems.push({
        place: place('general'),
        message: `entry.routes.${name} has the name of a route: nobody could tell which is meant`,
        fix: 'give one of the two another name',
      });
    if (sides.general[general] === undefined)
      problems.push({
        place: place('general'),
        message: `'${general}' is no route with a provider, there are: ${Object.keys(sides.general).join(', ')}`,
      });
    const second = sides.private[otherwise];
    if (second === undefined) {
      problems.push({
        place: place('otherwise'),
        message: `'${otherwise}' is no route of deployments alone, there are: ${Object.keys(sides.private).join(', ')}`,
        fix: 'in doubt a request stays: what is not proved goes to machines of your own',
      });
      return problems;
    }
    const refused = ALL.filter((one) => !second.dataClasses.includes(one));
    if (refused.length > 0)
      problems.push({
        place: place('otherwise'),
        message: `route ${otherwise} may not carry ${refused.join(', ')} data, and takes what proves nothing: it may be of any class`,
        fix: `set routes.${otherwise}.dataClasses: [${ALL.join(', ')}]`,
      });
    return problems;
  });
}

const ALL = ['public', 'internal', 'sensitive', 'important', 'core'] as const;
