import type { KubernetesObject } from '../../src/inspect/types.js';
import type { Macro } from './fault.js';

/** A valid LeaderWorkerSet that runs the pods of the example's server, but for what the macro's name says. */
export function expandMacro(macro: Macro, objects: readonly KubernetesObject[]): KubernetesObject {
  const server = objects.find(({ kind }) => kind === 'Deployment');
  if (!server) throw new Error(`${macro} needs a Deployment to take the pods of`);
  const { template } = server.spec as { template: { metadata: object; spec: object } };
  const { labels, annotations } = template.metadata as Record<string, Record<string, string>>;
  // Labels of its own: no selector of the example may take its pods for the server's.
  const own = { ...labels, 'app.kubernetes.io/component': 'group' };
  return {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata: { name: 'group' },
    spec: {
      replicas: 1,
      startupPolicy: macro === '$lws-leader-ready' ? 'LeaderReady' : 'LeaderCreated',
      leaderWorkerTemplate: {
        size: macro === '$lws-size-zero' ? 0 : 2,
        workerTemplate: { metadata: { labels: own, annotations }, spec: template.spec },
      },
    },
  };
}
