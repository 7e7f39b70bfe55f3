/** A further condition on the labels of a node. */
export interface NodeCondition {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** A list of values, not a nodeSelector: sharing or partitioning a GPU changes the label's value. */
export function nodeAffinity({
  nodeLabel,
  nodeConditions = [],
}: {
  readonly nodeLabel: { readonly key: string; readonly values: readonly string[] } | null;
  readonly nodeConditions?: readonly NodeCondition[];
}) {
  const conditions = [
    ...(nodeLabel === null ? [] : [{ ...nodeLabel, operator: 'In' as const }]),
    ...nodeConditions,
  ];
  if (conditions.length === 0) return undefined;
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: conditions.map(({ key, operator, values }) => ({
              key,
              operator,
              ...(values.length > 0 && { values: [...values] }),
            })),
          },
        ],
      },
    },
  };
}
