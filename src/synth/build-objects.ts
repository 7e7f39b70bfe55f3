import { App, Chart } from 'cdk8s';
import type { Template } from '../../templates/template.js';
import type { KubernetesObject } from '../inspect/types.js';
import type { Plan } from '../plan/plan.js';

/**
 * Builds the objects of one environment in an App of its own: cdk8s resolves the whole App again for each chart.
 * Keys stay in the order in which the constructs write them.
 */
export function buildObjects(template: Template, plan: Plan): KubernetesObject[] {
  // What the user's shell says must not change the bytes.
  const before = process.env.CDK8S_DISABLE_SORT;
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    const app = new App({ outdir: '.berth/unused', recordConstructMetadata: false });
    const chart = new Chart(app, plan.name, { disableResourceNameHashes: true });
    template.build(chart, plan);
    return plain(chart.toJson());
  } finally {
    if (before === undefined) delete process.env.CDK8S_DISABLE_SORT;
    else process.env.CDK8S_DISABLE_SORT = before;
  }
}

/** As JSON sees them: shared parts become copies of their own, which overrides can then change. */
function plain(objects: unknown[]): KubernetesObject[] {
  return JSON.parse(JSON.stringify(objects));
}
