import type { Problem } from '../../src/error.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { SERVING_KEYS } from '../../src/selection/scheme.js';
import { DEPLOYED_SCHEMES, standsBeside } from './private-schemes.js';
import { type HybridSection, isOwn } from './section.js';

const LONGEST_NAMESPACE = 63;
const TAKEN = ['private', 'general'];

/** Deployments with a name that cannot be, with keys of another scheme, or behind a gateway that must not lead to them. */
export function refuseDeployments(resolved: ResolvedSelection, section: HybridSection): Problem[] {
  return [
    ...badNames(resolved, section),
    ...strangeKeys(resolved, section),
    ...besideTargets(resolved, section),
  ];
}

function badNames({ placeOf, namespace }: ResolvedSelection, { deployments }: HybridSection): Problem[] {
  return Object.keys(deployments).flatMap((name): Problem[] => {
    const place = placeOf(['deployments', name]);
    if (TAKEN.includes(name))
      return [
        {
          place,
          message: `a deployment cannot be called ${name}: the gateway's namespace is`,
          fix: 'call it by its work',
        },
      ];
    const full = `${namespace}-${name}`;
    return full.length <= LONGEST_NAMESPACE
      ? []
      : [
          {
            place,
            message: `namespace ${full} has ${full.length} characters, at most ${LONGEST_NAMESPACE} are allowed`,
            fix: 'give the deployment, or the environment’s namespace, a shorter name',
          },
        ];
  });
}

/** What one scheme knows and another one would pass over in silence. */
function strangeKeys(
  { placeOf, deployments: resolved }: ResolvedSelection,
  { deployments }: HybridSection,
): Problem[] {
  return Object.entries(deployments).flatMap(([name, deployment]) => {
    const scheme = String(deployment.scheme);
    const own = Object.keys(DEPLOYED_SCHEMES.find((one) => one.name === scheme)?.section.shape ?? {});
    const known = ['scheme', ...SERVING_KEYS, ...own, ...(standsBeside(scheme) ? ['allowFrom'] : [])];
    return Object.keys(deployment)
      .filter((key) => resolved[name] !== undefined && !known.includes(key))
      .map((key): Problem => {
        const others = DEPLOYED_SCHEMES.filter(({ section }) => key in section.shape).map((one) => one.name);
        return {
          place: placeOf(['deployments', name, key]),
          message: `deployments.${name}.${key} means nothing to scheme ${scheme}`,
          fix:
            key === 'allowFrom'
              ? 'its callers come by a route of the gateway: remove it'
              : `it belongs to scheme ${others.join(' or ')}`,
        };
      });
  });
}

/** No chat gateway leads to what is no language model. */
function besideTargets({ placeOf }: ResolvedSelection, { routes, deployments }: HybridSection): Problem[] {
  return Object.entries(routes).flatMap(([route, { targets }]) =>
    targets.flatMap((target, index): Problem[] => {
      if (!isOwn(target)) return [];
      const scheme = String(deployments[target.deployment]?.scheme);
      if (!standsBeside(scheme)) return [];
      return [
        {
          place: placeOf(['routes', route, 'targets', index, 'deployment']),
          message: `deployment ${target.deployment} is ${scheme}, no language model: no chat gateway leads to it`,
          fix: `its callers reach it themselves: name their namespaces in deployments.${target.deployment}.allowFrom`,
        },
      ];
    }),
  );
}
