import { type Catalog, openCatalog } from '../catalog/catalog.js';
import { manifestChecks } from '../checks/manifest/all.js';
import type { ManifestCheck } from '../checks/manifest/manifest-check.js';
import { runChecks } from '../checks/run.js';
import { inspect } from '../inspect/inspect.js';
import type { KubernetesObject } from '../inspect/types.js';
import type { Finding } from '../plan/finding.js';

/** What is checked, and against which engine versions. */
export interface CheckManifestsSettings {
  /**
   * Where the tables of engine versions come from.
   *
   * @default - the catalogue of this package
   */
  readonly catalog?: Catalog;

  /**
   * The checks to run, in their order.
   *
   * @default - `manifestChecks`: all of them
   */
  readonly checks?: readonly ManifestCheck[];
}

/**
 * What is wrong with a set of Kubernetes objects, whoever wrote them: flags that the engine's version lacks, probes that
 * end before the model is loaded, queries for metrics that nobody exports, open gates.
 *
 * @param objects What one environment applies, e.g. `chart.toJson()`. Checks that ask for a second object (a Service for a
 * Deployment, a namespace's labels) see these and no others.
 * @returns findings in the order of the checks; empty where nothing is wrong.
 */
export function checkManifests(
  objects: readonly KubernetesObject[],
  settings: CheckManifestsSettings = {},
): Finding[] {
  const catalog = settings.catalog ?? openCatalog();
  const inspected = inspect(objects, (version) => catalog.engine(version)?.table);
  return runChecks(settings.checks ?? manifestChecks, inspected);
}
