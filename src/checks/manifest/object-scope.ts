import { error, type ManifestCheck } from './manifest-check.js';

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
];
