import * as z from 'zod';
import { Id, provenance } from './facts.js';

/** Replicas of the model, as whole copies. */
export const Replicas = z.strictObject({ min: z.int().min(1), max: z.int().min(1) });

/** What a service promises. Latencies are p95 and in milliseconds. */
export const ServiceLevels = z.strictObject({
  ttftMs: z.number().positive().optional(),
  interTokenMs: z.number().positive().optional(),
  /** Share of requests answered without a server error, 0 to 1. */
  availability: z.number().gt(0).lt(1).optional(),
});

/** The fields that a sizing profile holds, and that selections and environments may set under `sizing`. */
export const SizingFields = {
  accelerator: Id,
  gpusPerReplica: z.int().min(1),
  replicas: Replicas,
  /** Longest prompt plus answer, in tokens. */
  context: z.int().min(1),
  /** Requests that one replica works on at once. */
  concurrency: z.int().min(1),
  serviceLevels: ServiceLevels,
  storage: z.strictObject({
    /** Free space to keep on the weights volume beside the model, as a share of it. */
    headroom: z.number().min(0).max(5),
  }),
};

/** One entry of profiles/sizing/. */
export const SizingProfile = z.strictObject({
  id: Id,
  name: z.string(),
  /** Whom it is for, in one line. */
  summary: z.string(),
  ...SizingFields,
  ...provenance,
});
export type SizingProfile = z.infer<typeof SizingProfile>;
