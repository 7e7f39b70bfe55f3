import type { Json } from './kube-object.js';

export interface NodeRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** The alternatives of a pod's node selector and required node affinity; each is a list that must hold as a whole. */
export function nodeRequirements(spec: Json): readonly (readonly NodeRequirement[])[] {
  const selector = Object.entries((spec.nodeSelector ?? {}) as Record<string, string>).map(
    ([key, value]): NodeRequirement => ({ key, operator: 'In', values: [value] }),
  );
  const required =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const terms = ((required ?? [{}]) as readonly { matchExpressions?: readonly NodeRequirement[] }[]).map(
    ({ matchExpressions }) => matchExpressions ?? [],
  );
  return terms.map((term) => [...selector, ...term]);
}

/** Whether labels satisfy a list of requirements, as the scheduler decides it. */
export function satisfies(
  labels: Readonly<Record<string, string>>,
  requirements: readonly NodeRequirement[],
): boolean {
  return requirements.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      case 'Gt':
        return Number(value) > Number(values[0]);
      case 'Lt':
        return Number(value) < Number(values[0]);
      default:
        throw new Error(`node affinity operator ${operator}`);
    }
  });
}

/** Labels that the requirements name and that GPU feature discovery does not write: a cloud's or an owner's own. */
export function ownersLabels(requirements: readonly NodeRequirement[]): Readonly<Record<string, string>> {
  const own = requirements.filter(
    ({ key, operator }) =>
      !key.startsWith('nvidia.com/') &&
      !key.startsWith('kubernetes.io/') &&
      ['In', 'Exists'].includes(operator),
  );
  return Object.fromEntries(own.map(({ key, values }) => [key, values?.[0] ?? 'true']));
}
