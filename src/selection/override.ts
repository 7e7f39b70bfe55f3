import * as z from 'zod';

const Target = z
  .strictObject({
    kind: z.string().optional().describe('Kind of the objects, e.g. Deployment.'),
    name: z.string().optional().describe('Name of the object.'),
    role: z.string().optional().describe('Role that Berth gives the object, e.g. server.'),
  })
  .refine((target) => Object.values(target).some(Boolean), {
    error: 'needs at least one of kind, name, role',
  });

const Operation = z.strictObject({
  op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']).describe('Operation of RFC 6902.'),
  path: z.string().describe('JSON pointer, e.g. /spec/template/spec/priorityClassName.'),
  from: z.string().optional().describe('JSON pointer of the source, for move and copy.'),
  value: z.unknown().optional().describe('The value, for add, replace and test.'),
});

/** A change to emitted objects that no key of the selection makes. Exactly one of `merge` and `patch`. */
export const Override = z
  .strictObject({
    target: Target.describe('The objects to change: every word given must match.'),
    merge: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('JSON merge patch (RFC 7386): maps merge, lists replace, null removes.'),
    patch: z.array(Operation).optional().describe('JSON patch (RFC 6902).'),
    reason: z.string().optional().describe('Why it is needed, for the next reader.'),
  })
  .refine(({ merge, patch }) => (merge === undefined) !== (patch === undefined), {
    error: 'needs exactly one of merge and patch',
  });
export type Override = z.infer<typeof Override>;
