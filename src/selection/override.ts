import * as z from 'zod';
import { Day } from '../catalog/facts.js';

/** A change to emitted objects that no key of the selection makes. Exactly one of `merge` and `patch`. */
export const Override = z
  .strictObject({
    /** Every word given must match; at least one. */
    target: z
      .strictObject({ kind: z.string().optional(), name: z.string().optional(), role: z.string().optional() })
      .refine((target) => Object.values(target).some(Boolean), { error: 'needs at least one of kind, name, role' }),
    /** JSON merge patch (RFC 7386): maps merge, lists replace, null removes. */
    merge: z.record(z.string(), z.unknown()).optional(),
    /** JSON patch (RFC 6902). */
    patch: z
      .array(z.strictObject({ op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']), path: z.string(), from: z.string().optional(), value: z.unknown().optional() }))
      .optional(),
    reason: z.string().optional(),
  })
  .refine(({ merge, patch }) => (merge === undefined) !== (patch === undefined), { error: 'needs exactly one of merge and patch' });
export type Override = z.infer<typeof Override>;

/** A finding that a person accepts for a reason until a day. */
export const Waiver = z.strictObject({
  check: z.string().min(1),
  reason: z.string().min(1),
  by: z.string().min(1),
  until: Day,
});
export type Waiver = z.infer<typeof Waiver>;
