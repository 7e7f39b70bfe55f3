import { numberAt, textAt } from '../../inspect/field.js';
import { type ManifestCheck, warning } from './manifest-check.js';

/** Replaced, not patched, at each sync. */
function isReplaced(object: unknown): boolean {
  const annotation = (name: string) => textAt(object, 'metadata', 'annotations', name) ?? '';
  return (
    annotation('argocd.argoproj.io/hook') !== '' ||
    /(Replace|Force)=true/.test(annotation('argocd.argoproj.io/sync-options')) ||
    annotation('kustomize.toolkit.fluxcd.io/force') === 'enabled' ||
    annotation('helm.sh/hook') !== ''
  );
}

export const jobChecks: readonly ManifestCheck[] = [
  {
    id: 'job/content-name',
    title: 'a Job changes its name with its content',
    why: 'The template of a Job cannot change: the next version is refused, and the sync fails.',
    source: 'argo-cd#7430, argo-cd#5882; seen with kube-apiserver 1.36.3',
    inputs: ['workloads'],
    traps: [33],
    run: ({ workloads }) =>
      workloads
        .filter(
          ({ kind, name, object }) => kind === 'Job' && !/-[0-9a-f]{8,}$/.test(name) && !isReplaced(object),
        )
        .map(({ subject }) =>
          warning(
            subject,
            "the name stays when the template changes, and a Job's template cannot",
            'end the name in a hash of what it does',
          ),
        ),
  },
  {
    id: 'job/time-to-live',
    title: 'a finished Job is not made again',
    why: 'ttlSecondsAfterFinished deletes the Job; GitOps sees it missing and runs it once more, for ever.',
    source: 'argo-cd#18245; Kubernetes docs, TTL after finished',
    inputs: ['workloads'],
    traps: [33],
    run: ({ workloads }) =>
      workloads
        .filter(
          ({ kind, object }) =>
            kind === 'Job' &&
            numberAt(object, 'spec', 'ttlSecondsAfterFinished') !== undefined &&
            !isReplaced(object),
        )
        .map(({ subject }) =>
          warning(
            subject,
            'the Job deletes itself, and GitOps makes it again',
            'remove ttlSecondsAfterFinished',
          ),
        ),
  },
];
