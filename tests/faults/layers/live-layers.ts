import type { KubernetesObject } from '../../../src/inspect/types.js';
import type { KubeObject } from '../../cluster/kube-object.js';
import { podTemplates } from '../../cluster/pod-templates.js';
import { read } from '../examples.js';
import type { Planted } from '../plant.js';

/** A layer that needs more than Node; what it said last is kept in live-results.json. */
export interface LiveLayer {
  readonly name: string;
  readonly asks: string;
  /** Whether the fault changes anything that the layer looks at. */
  readonly concerns: (planted: Planted) => boolean;
}

/** Groups whose definitions no cluster of the tests has: that a server does not know them says nothing. */
const UNDEFINED_GROUPS = ['http.keda.sh'];

export function hasDefinition({ apiVersion }: KubernetesObject): boolean {
  return !UNDEFINED_GROUPS.includes(apiVersion.split('/')[0] ?? '');
}

export const engineParser = {
  name: 'engine parser',
  asks: "the published engine's own parser, with the arguments of the version that the image names",
  concerns: ({ sound, faulty }) => argumentsOf(sound) !== argumentsOf(faulty),
} satisfies LiveLayer;

export const apiServer = {
  name: 'API server',
  asks: 'a strict dry run of the changed objects; a field that is not in the answer counts as caught',
  concerns: ({ changed }) => changed.every(hasDefinition),
} satisfies LiveLayer;

export const podSecurity = {
  name: 'Pod Security',
  asks: 'a Pod of each changed template, in a namespace that enforces `restricted`',
  concerns: ({ changed }) => podTemplates(changed as readonly KubeObject[]).length > 0,
} satisfies LiveLayer;

export const promtool = {
  name: 'promtool',
  asks: '`promtool check rules` on the changed rules',
  concerns: ({ changed }) => changed.some(({ kind }) => kind === 'PrometheusRule'),
} satisfies LiveLayer;

export const liveLayers: readonly LiveLayer[] = [engineParser, apiServer, podSecurity, promtool];

function argumentsOf(objects: Planted['sound']): string {
  return JSON.stringify([...new Set(read(objects).servers.map(({ engine }) => JSON.stringify(engine.args)))]);
}
