import type { ResolvedSelection } from '../../selection/resolved.js';
import { exposurePlan } from '../exposure.js';
import type { ExposurePlan } from '../plan.js';

/** How clients reach a gateway from outside: the paths of its routes and the list of models, unless the user says which. */
export function gatewayExposure(
  resolved: ResolvedSelection,
  routes: Readonly<Record<string, { readonly paths: readonly string[] }>>,
): ExposurePlan | null {
  const exposure = exposurePlan(resolved);
  if (exposure === null) return null;
  const passed = [...new Set([...Object.values(routes).flatMap(({ paths }) => paths), '/v1/models'])];
  return { ...exposure, paths: resolved.expose.paths ?? passed };
}
