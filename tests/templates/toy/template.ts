import { ApiObject } from 'cdk8s';
import * as z from 'zod';
import type { ResolvedSelection } from '../../../src/selection/resolved.js';
import type { Template } from '../../../templates/template.js';

const Section = z.strictObject({
  greetings: z
    .record(z.string(), z.strictObject({ text: z.string().min(1).describe('What is said.') }))
    .describe('Greetings by language.'),
});

/** A sixth scheme: what adding one takes. */
export const toy: Template = {
  name: 'toy',
  summary: 'a greeting in a ConfigMap',
  section: Section,
  needs: () => ({ serving: 'nothing', instead: 'a greeting needs no model' }),
  plan: ({ name, environment, namespace, scheme, file, ...resolved }: ResolvedSelection) => ({
    planVersion: 1,
    ...{ name, environment, namespace, scheme, selection: file },
    kubernetes: '1.36',
    servers: [],
    gateways: [],
    exposure: null,
    secrets: [],
    settings: resolved.settings,
    assumptions: Object.entries((resolved.section as z.infer<typeof Section>).greetings).map(
      ([language, { text }]) => `${language}: ${text}`,
    ),
    omitted: [],
    overrides: resolved.overrides,
    findings: [],
    alternatives: [],
    notices: resolved.notices,
    parts: [],
  }),
  build(chart, { namespace, assumptions }) {
    new ApiObject(chart, 'greetings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'greetings', namespace },
      data: Object.fromEntries(assumptions.map((line) => line.split(': ', 2))),
    });
  },
};
