import type { Catalog } from '../catalog/catalog.js';
import { shown } from '../catalog/issue-message.js';
import { didYouMean } from '../catalog/nearest.js';
import type { Problem } from '../error.js';
import type { Target } from './target.js';

/** A kind of cluster that the catalogue lacks. Where it has the id, a broken entry throws with its own places. */
export function clusterKindProblems(kind: unknown, target: Target, catalog: Catalog): Problem[] {
  if (kind === undefined || catalog.clusterKind(String(kind)) !== undefined) return [];
  const ids = catalog.ids('clusters');
  const message = `no kind of cluster ${shown(kind)} in the catalogue, there are: ${ids.join(', ')}`;
  const fix = didYouMean(String(kind), ids) ?? 'upstream where none fits';
  return [{ place: target.placeOf(['cluster', 'kind']), message, fix }];
}
