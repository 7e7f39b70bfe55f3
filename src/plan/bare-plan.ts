import { DEFAULT_KUBERNETES } from '../selection/defaults.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import { omissions } from './omitted.js';
import type { Plan } from './plan.js';

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
    // Absent, but for their place in the plan as it is written.
    licensed: undefined,
    imageTo3d: undefined,
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

/** A plan of a whole selection that deploys nothing yet: what its layers said, and what its cluster cannot hold. */
export function emptyPlan(resolved: ResolvedSelection): Plan {
  const { settings, overrides, notices } = resolved;
  return { ...barePlan(resolved), settings, omitted: omissions(resolved), overrides, notices };
}
