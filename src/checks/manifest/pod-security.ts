import { flagAt, textAt } from '../../inspect/field.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';
import { restrictedViolations } from './restricted.js';

export const podSecurityChecks: readonly ManifestCheck[] = [
  {
    id: 'security/restricted',
    title: 'every pod meets Pod Security restricted',
    why: 'In a namespace that enforces it the pod is never made: the ReplicaSet or Job reports FailedCreate, the apply itself only warns.',
    source: 'Kubernetes docs, Pod Security Standards; seen with kube-apiserver 1.36.3',
    inputs: ['workloads'],
    guards: true,
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) => {
        const violations = restrictedViolations(pod);
        return violations.length > 0
          ? [
              error(
                subject,
                `Pod Security restricted refuses the pod: ${violations.join('; ')}`,
                'set the security context of pod and containers, init containers too',
              ),
            ]
          : [];
      }),
  },
  {
    id: 'security/namespace-level',
    title: 'the namespace enforces Pod Security restricted',
    why: "Without the label any pod may run there, also one beside the model with the node's file system mounted.",
    source: 'Kubernetes docs, Pod Security Admission',
    inputs: ['namespaces', 'workloads'],
    run: ({ namespaces, workloads }) =>
      namespaces
        .filter(({ name, labels }) => labels && workloads.some(({ namespace }) => namespace === name))
        .filter(({ labels }) => labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted')
        .map(({ name }) =>
          warning(
            `Namespace/${name}`,
            'Pod Security restricted is not enforced',
            'label it pod-security.kubernetes.io/enforce: restricted',
          ),
        ),
  },
  {
    id: 'security/service-account-token',
    title: 'pods carry no token of the Kubernetes API',
    why: 'The engine never calls the API; whoever breaks into it would.',
    source: 'Kubernetes docs, service accounts',
    inputs: ['workloads', 'objects'],
    run: ({ workloads, objects }) =>
      workloads
        .filter(({ pod, namespace }) => {
          const own = flagAt(pod.spec, 'automountServiceAccountToken');
          if (own !== undefined) return own;
          const name = textAt(pod.spec, 'serviceAccountName') ?? 'default';
          const account = objects.find(
            (each) =>
              each.kind === 'ServiceAccount' &&
              each.metadata.name === name &&
              (each.metadata.namespace ?? 'default') === namespace,
          );
          return flagAt(account, 'automountServiceAccountToken') !== false;
        })
        .map(({ subject }) =>
          warning(
            subject,
            'the pod carries a token of the Kubernetes API',
            'set automountServiceAccountToken: false',
          ),
        ),
  },
];
