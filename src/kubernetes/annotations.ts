/** Why an object exists, in words, for whoever meets it in the cluster. */
export function why(reason: string): Record<string, string> {
  return { 'berth.dev/why': reason };
}

/** Keeps an object that holds data when its manifest disappears: Argo CD and Flux delete what is no longer in Git. */
export const KEEP: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** Karpenter must not consolidate a node under a pod that took minutes to load, or that is half-way through a download. */
export const DO_NOT_DISRUPT: Readonly<Record<string, string>> = { 'karpenter.sh/do-not-disrupt': 'true' };
