import { listAt, textAt, textsAt } from '../../inspect/field.js';
import type { KubernetesObject } from '../../inspect/types.js';
import { subjectOf } from '../../inspect/workload.js';
import { error, type ManifestCheck } from './manifest-check.js';

interface Rule {
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
}

/** What nothing beside a model server needs, and what somebody who breaks into it would be glad of. */
const POWERS: readonly { readonly what: string; readonly is: (rule: Rule) => boolean }[] = [
  { what: 'everything of a kind (*)', is: ({ verbs, resources }) => [...verbs, ...resources].includes('*') },
  { what: 'reading Secrets', is: allows(['get', 'list', 'watch'], ['secrets']) },
  {
    what: 'making pods',
    is: allows(
      ['create'],
      ['pods', 'deployments', 'statefulsets', 'replicasets', 'daemonsets', 'jobs', 'cronjobs'],
    ),
  },
  {
    what: 'entering pods',
    is: allows(['create', 'get'], ['pods/exec', 'pods/attach', 'pods/portforward', 'nodes/proxy']),
  },
  {
    what: 'deleting what runs',
    is: allows(['delete', 'deletecollection'], ['pods', 'deployments', 'statefulsets', 'secrets', 'events']),
  },
  {
    what: 'raising its own rights',
    is: ({ verbs }) => verbs.some((verb) => ['escalate', 'bind', 'impersonate'].includes(verb)),
  },
  { what: 'issuing tokens', is: allows(['create'], ['serviceaccounts/token']) },
];

function allows(verbs: readonly string[], resources: readonly string[]): (rule: Rule) => boolean {
  return (rule) =>
    rule.verbs.some((verb) => verbs.includes(verb)) &&
    rule.resources.some((resource) => resources.includes(resource));
}

function ofKind(objects: readonly KubernetesObject[], kind: RegExp): readonly KubernetesObject[] {
  return objects.filter((object) => kind.test(object.kind));
}

export const accessChecks: readonly ManifestCheck[] = [
  {
    id: 'access/role-rules',
    title: 'a role gives nothing that a model server can be broken into for',
    why: 'Whoever gets into a pod has the rights of its account: reading Secrets or making pods is the whole namespace, a * also what a later version adds.',
    source: 'Kubernetes docs, RBAC good practices',
    inputs: ['objects'],
    guards: true,
    run: ({ objects }) =>
      ofKind(objects, /^(Cluster)?Role$/).flatMap((role) => {
        const rules = listAt(role, 'rules').map((rule) => ({
          verbs: textsAt(rule, 'verbs'),
          resources: textsAt(rule, 'resources'),
        }));
        const given = POWERS.filter(({ is }) => rules.some(is)).map(({ what }) => what);
        if (given.length === 0) return [];
        const message = `it allows ${given.join(', ')}`;
        return [error(subjectOf(role), message, 'name the objects and verbs that are needed')];
      }),
  },
  {
    id: 'access/cluster-admin',
    title: 'nothing here is an administrator of the cluster',
    why: 'cluster-admin, admin and edit read every Secret of where they are bound; no part of model serving needs that.',
    source: 'Kubernetes docs, RBAC good practices',
    inputs: ['objects'],
    guards: true,
    run: ({ objects }) =>
      ofKind(objects, /^(Cluster)?RoleBinding$/)
        .filter((binding) =>
          ['cluster-admin', 'admin', 'edit'].includes(textAt(binding, 'roleRef', 'name') ?? ''),
        )
        .map((binding) =>
          error(
            subjectOf(binding),
            `it binds ${textAt(binding, 'roleRef', 'name')}`,
            'bind a role that holds only what is needed',
          ),
        ),
  },
];
