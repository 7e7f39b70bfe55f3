import { UserError } from '../../src/error.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import { planOpenPrivate } from '../open-private/plan.js';
import { nodesToMake } from './nodes-to-make.js';
import { planApi } from './plan-api.js';
import type { OpenCloudSection } from './section.js';

/**
 * An open model on rented nodes: what is served is planned as on machines of one's own, and the kind of cluster adds the rest.
 * @throws UserError where nothing says whose cluster it is: labels, disks and identities hang on that.
 */
export function planOpenCloud(resolved: ResolvedSelection): Plan {
  const { clusterKind, placeOf, environment, section } = resolved;
  const { hosting, providers, routes } = section as OpenCloudSection;
  if (hosting === 'api') return planApi(resolved);
  if (providers !== undefined || routes !== undefined) {
    throw new UserError('keys of a gateway without one', [
      {
        place: placeOf([providers === undefined ? 'routes' : 'providers']),
        message: 'providers and routes belong to hosting: api, and hosting is cluster',
        fix: 'remove them, or set hosting: api',
      },
    ]);
  }
  if (clusterKind === null) {
    throw new UserError('the kind of cluster is not known', [
      {
        place: placeOf(['cluster', 'kind']) ?? placeOf(['environments', environment]),
        message: "missing key 'kind' in cluster: hosting is cluster, and nothing says whose",
        fix: 'set cluster.kind, e.g. eks, gke or alibaba-ack; `berth list clusters` shows them all',
      },
    ]);
  }
  const plan = planOpenPrivate(resolved);
  const [server] = plan.servers;
  return { ...plan, assumptions: [...plan.assumptions, ...nodesToMake(clusterKind, server)] };
}
