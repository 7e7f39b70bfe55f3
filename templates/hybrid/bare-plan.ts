import type { Plan } from '../../src/plan/plan.js';
import { DEFAULT_KUBERNETES } from '../../src/selection/defaults.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';

/** A plan that deploys nothing yet. */
export function barePlan(resolved: ResolvedSelection): Plan {
  return {
    planVersion: 1,
    name: resolved.name,
    environment: resolved.environment,
    namespace: resolved.namespace,
    scheme: resolved.scheme,
    selection: resolved.file,
    kubernetes: resolved.cluster.kubernetes ?? DEFAULT_KUBERNETES,
    servers: [],
    gateways: [],
    exposure: null,
    secrets: [],
    settings: [],
    assumptions: [],
    omitted: [],
    overrides: [],
    findings: [],
    alternatives: [],
    notices: [],
    parts: [],
  };
}
