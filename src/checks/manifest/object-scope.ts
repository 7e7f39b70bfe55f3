import { error, type ManifestCheck, warning } from './manifest-check.js';

/** Kinds of the core and of common add-ons that lie in no namespace. */
const CLUSTER_SCOPED = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'StorageClass',
  'PriorityClass',
  'RuntimeClass',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'GatewayClass',
  'IngressClass',
  'ClusterIssuer',
  'ClusterSecretStore',
  'ClusterTriggerAuthentication',
]);

export const objectScopeChecks: readonly ManifestCheck[] = [
  {
    id: 'objects/scope',
    title: 'an object that lies in no namespace names none',
    why: 'The API server drops the namespace without a word; tools that compare what was sent with what is there never see them equal.',
    source: 'tried against kube-apiserver 1.36.3',
    inputs: ['objects'],
    run: ({ objects }) =>
      objects
        .filter(({ kind, metadata }) => CLUSTER_SCOPED.has(kind) && metadata.namespace !== undefined)
        .map(({ kind, metadata }) =>
          error(
            `${kind}/${metadata.name}`,
            `metadata.namespace is '${metadata.namespace}', and a ${kind} lies in no namespace`,
            'remove metadata.namespace',
          ),
        ),
  },
  {
    id: 'objects/namespace',
    title: 'workloads lie in a namespace of their own',
    why: 'default has no Pod Security label and no policy, and whatever is applied without a thought lands beside the model.',
    source: 'Kubernetes docs, namespaces',
    inputs: ['workloads'],
    run: ({ workloads }) =>
      workloads
        .filter(({ object }) => object.metadata.namespace === 'default')
        .map(({ subject }) =>
          warning(subject, 'it lies in the namespace default', 'give it a namespace of its own'),
        ),
  },
];
