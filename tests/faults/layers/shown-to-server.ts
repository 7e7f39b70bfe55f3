import type { Api } from '../../cluster/api.js';
import { strictDryRun } from '../../cluster/api-checks.js';
import { type KubeObject, objectId } from '../../cluster/kube-object.js';
import { podTemplates } from '../../cluster/pod-templates.js';
import { applyAll, prerequisites } from '../../cluster/prerequisites.js';
import { podFrom } from '../../cluster/simulated-controllers.js';
import { waitUntilGone } from '../../cluster/stage.js';
import { waitUntil } from '../../cluster/wait.js';

/** Where faults are shown; nothing of them is stored. The second admits only pods of Pod Security `restricted`. */
const PLAIN = 'planted';
const RESTRICTED = 'planted-restricted';
const CLUSTER_KINDS = ['RuntimeClass', 'PriorityClass'];
/** Emitted kinds that stand in no namespace. */
const CLUSTER_WIDE = ['NodePool', 'EC2NodeClass'];

/** A place on a cluster to show planted objects in. */
export interface ShowingPlace {
  /** What a strict dry run refuses, or takes and drops. */
  refusals(objects: readonly KubeObject[]): Promise<readonly string[]>;
  /** What Pod Security says of a Pod of each template. */
  insecurePods(objects: readonly KubeObject[]): Promise<readonly string[]>;
  /** Removes what was made for it. */
  remove(): Promise<void>;
}

/** Makes two namespaces with the ServiceAccounts and classes that the pods of these objects name. */
export async function openShowingPlace(api: Api, objects: readonly KubeObject[]): Promise<ShowingPlace> {
  const classes = prerequisites(objects).filter(({ kind }) => CLUSTER_KINDS.includes(kind));
  const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
  const namespaces = [
    namespace(PLAIN, {}),
    namespace(RESTRICTED, { 'pod-security.kubernetes.io/enforce': 'restricted' }),
  ];
  const failures = await applyAll(api, [...namespaces, ...classes, ...moved(accounts, RESTRICTED)]);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: RESTRICTED },
  };
  await waitUntil(
    'default ServiceAccount',
    async () => (await api.get(account)).status === 200 || 'not there',
  );
  return {
    async refusals(shown) {
      const { refused, dropped } = await strictDryRun(api, moved(shown, PLAIN));
      return [...refused, ...dropped.map((field) => `${field}: dropped`)];
    },
    async insecurePods(shown) {
      const found: string[] = [];
      for (const template of podTemplates(moved(shown, RESTRICTED))) {
        const { failure } = await api.create(podFrom(template), { dryRun: true });
        if (failure?.includes('PodSecurity')) found.push(`${objectId(template.owner)}: ${failure}`);
      }
      return found;
    },
    async remove() {
      for (const object of [...namespaces, ...classes]) await api.remove(object);
      await waitUntilGone(api, [PLAIN, RESTRICTED]);
    },
  };
}

function namespace(name: string, labels: Readonly<Record<string, string>>): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function moved(objects: readonly KubeObject[], to: string): readonly KubeObject[] {
  return objects
    .filter(({ kind }) => kind !== 'Namespace')
    .map((object) =>
      CLUSTER_WIDE.includes(object.kind)
        ? object
        : { ...object, metadata: { ...object.metadata, namespace: to } },
    );
}
