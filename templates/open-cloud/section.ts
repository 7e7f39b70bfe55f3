import * as z from 'zod';

/** Keys that the scheme adds to a selection. */
export const OpenCloudSection = z.strictObject({
  hosting: z
    .literal('cluster')
    .describe('`cluster`: vLLM on GPU pools of a managed Kubernetes; cluster.kind says whose.'),
});
