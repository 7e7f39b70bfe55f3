import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Replicas } from '../../src/catalog/sizing-profile.js';
import { planChecks } from '../../src/checks/plan/all.js';
import { CAPABILITIES, Cluster } from '../../src/selection/cluster.js';
import { servingShape } from '../../src/selection/schema.js';

/** Something that a case waits for, and how to see that it has come. */
export interface Capability {
  readonly name: string;
  readonly exists: () => boolean;
}

const ofCluster = (word: string) => (CAPABILITIES as readonly string[]).includes(word);
const source = (path: string) => existsSync(join(import.meta.dirname, '../../src', path));

/** Every capability that a case may wait for. One that exists makes the test fail: its cases can be decided then. */
export const CAPABILITIES_TO_COME: Readonly<Record<string, Capability>> = {
  audit: { name: 'berth audit', exists: () => source('cli/audit.ts') },
  'litellm-gateway': {
    name: 'a LiteLLM gateway with a database (ours is Envoy, and has none)',
    exists: () => source('constructs/litellm.ts') || source('constructs/litellm'),
  },
  'multi-node': {
    name: 'replicas that span nodes (LeaderWorkerSet)',
    exists: () =>
      !planChecks.some(({ why }) => why.includes('a replica that spans nodes needs LeaderWorkerSets')),
  },
  'inference-pool': {
    name: 'InferencePool in front of the servers',
    exists: () => ofCluster('inference-extension'),
  },
  'vgpu-slices': { name: 'slices of a GPU (HAMi)', exists: () => ofCluster('hami') },
  'external-secrets-version': {
    name: 'fields by the version of External Secrets',
    exists: () => 'externalSecrets' in Cluster.shape,
  },
  'scale-down-wish': { name: 'a wished delay of scaling down', exists: () => 'scaling' in servingShape },
  'scale-to-zero': {
    name: 'scaling to no replica',
    exists: () => Replicas.shape.min.safeParse(0).success,
  },
  'dated-hub-hosts': { name: 'hosts of the hubs as dated data', exists: () => source('catalog/hub.ts') },
  cost: { name: 'costs in the plan', exists: () => planChecks.some(({ id }) => id.startsWith('cost/')) },
};
