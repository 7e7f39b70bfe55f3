import { ApiObject } from 'cdk8s';
import * as z from 'zod';
import type { Plan } from '../../src/plan/plan.js';
import type { ResolvedSelection } from '../../src/selection/resolved.js';
import type { Template } from '../../templates/template.js';

/** A template of three objects: what the pipeline does with any template can be seen on it, quickly. */
export const toyTemplate: Template = {
  name: 'open-private',
  summary: 'for tests',
  section: z.strictObject({}),
  needs: () => ({ serving: 'server' }),
  plan: toyPlan,
  build(chart, plan) {
    const { namespace, name } = plan;
    const labels = { 'app.kubernetes.io/component': 'toy' };
    new ApiObject(chart, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'toy', namespace, labels },
      spec: {
        replicas: Number(setting(plan, 'sizing.replicas.min')),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'main', image: 'example.org/toy:1.36', args: ['--on', 'off'] }] },
        },
      },
    });
    new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    new ApiObject(chart, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace },
      data: { context: String(setting(plan, 'sizing.context')), name },
    });
  },
};

function toyPlan(resolved: ResolvedSelection): Plan {
  const { name, environment, namespace, scheme, file, settings, overrides } = resolved;
  return {
    planVersion: 1,
    ...{ name, environment, namespace, scheme, selection: file, settings, overrides },
    kubernetes: '1.36',
    servers: [],
    gateways: [],
    exposure: null,
    secrets: [],
    assumptions: [],
    omitted: [],
    findings: [],
    alternatives: [],
    notices: [],
    parts: [],
  };
}

function setting(plan: Plan, key: string): unknown {
  return plan.settings.find((one) => one.key === key)?.value;
}
