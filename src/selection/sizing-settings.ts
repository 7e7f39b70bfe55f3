import * as z from 'zod';
import { Replicas, ServiceLevels, SizingFields } from '../catalog/sizing-profile.js';

const { accelerator, gpusPerReplica, context, concurrency, storage } = SizingFields;
const { ttftMs, interTokenMs, availability } = ServiceLevels.shape;

const ReplicaRange = z.strictObject({
  min: Replicas.shape.min.describe('Fewest replicas.').optional(),
  max: Replicas.shape.max.describe('Most replicas; more than min means autoscaling.').optional(),
});

const Levels = z.strictObject({
  ttftMs: ttftMs.describe('Time to the first token, p95, milliseconds.'),
  interTokenMs: interTokenMs.describe('Time between two tokens, p95, milliseconds.'),
  availability: availability.describe('Share of requests without a server error, 0 to 1.'),
});

const Storage = z.strictObject({
  headroom: storage.shape.headroom.describe('Free space, as a share of the weights.').optional(),
});

/** What a selection or an environment sets over its sizing profile: any of the profile's values, down to one of a map. */
export const SizingSettings = z
  .strictObject({
    accelerator: accelerator.describe('Catalogue id of the accelerator, e.g. h100-sxm.'),
    gpusPerReplica: gpusPerReplica.describe('Accelerators of one replica.'),
    replicas: ReplicaRange.describe('Replicas of the model, as whole copies.'),
    context: context.describe('Longest prompt plus answer, tokens.'),
    concurrency: concurrency.describe('Requests that one replica works on at once.'),
    serviceLevels: Levels.describe('What the service promises.'),
    storage: Storage.describe('Space on the weights volume.'),
  })
  .partial();
