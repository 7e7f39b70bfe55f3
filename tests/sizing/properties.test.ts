import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AcceleratorProfile } from '../../src/catalog/accelerator.js';
import { openCatalog } from '../../src/catalog/catalog.js';
import type { ModelProfile } from '../../src/catalog/model.js';
import { refuseUnmodelled } from '../../src/sizing/refuse.js';
import { sizeModel } from '../../src/sizing/size-model.js';
import { sizeOnce } from '../../src/sizing/size-once.js';
import type { NearestChoice, SizeRequest } from '../../src/sizing/types.js';

const seed = Number(process.env.BERTH_SEED ?? 20_261_125);
console.info(`seed ${seed}`);

const catalog = openCatalog(undefined);
const present = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
const engines = ['0.19.1', '0.24.0', '0.32.0'].flatMap((version) => present(catalog.engine(version)?.table));
const accelerators = ['t4', 'l4', 'rtx-4090', 'l40s', 'a100-80-sxm', 'h100-sxm', 'h200', 'b200'].flatMap(
  (id) => present(catalog.accelerator(id)),
);
const models = catalog.ids('models').flatMap((id) => present(catalog.model(id)).filter(isSized));

function isSized(model: ModelProfile): boolean {
  const [accelerator, engine, checkpoint] = [accelerators[0], engines[0], model.checkpoints[0]];
  if (!accelerator || !engine || !checkpoint) return false;
  try {
    refuseUnmodelled({ model, checkpoint, accelerator, engine, gpus: 1 });
    return true;
  } catch {
    return false;
  }
}

const requests: fc.Arbitrary<SizeRequest> = fc
  .record(
    {
      model: fc.constantFrom(...models),
      accelerator: fc.constantFrom(...accelerators),
      engine: fc.constantFrom(...engines),
      gpus: fc.constantFrom(1, 2, 4, 8),
      checkpoint: fc.nat({ max: 20 }),
      maxModelLen: fc.integer({ min: 1024, max: 131_072 }),
      gpuMemoryUtilization: fc.double({ min: 0.5, max: 0.97, noNaN: true }),
      maxNumSeqs: fc.integer({ min: 1, max: 1024 }),
      enforceEager: fc.boolean(),
      concurrency: fc.integer({ min: 1, max: 64 }),
    },
    { requiredKeys: ['model', 'accelerator', 'engine', 'gpus', 'checkpoint'] },
  )
  .map(({ checkpoint, ...request }) => {
    const { checkpoints } = request.model;
    const picked = checkpoints[checkpoint % checkpoints.length];
    if (picked === undefined) throw new Error('a model without weights');
    return { ...request, checkpoint: picked };
  });

function check(property: (request: SizeRequest) => void, numRuns = 300): void {
  fc.assert(fc.property(requests, property), { seed, numRuns });
}

/** Cache of the whole replica, bytes. */
function totalCacheGib(request: SizeRequest): number {
  const { perGpu, settings } = sizeOnce(request);
  return perGpu.kvCacheGib * settings.gpus;
}

test('tensor × pipeline parallel is the number of GPUs', () => {
  check((request) => {
    const { settings } = sizeOnce(request);
    expect(settings.tensorParallelSize * settings.pipelineParallelSize).toBe(request.gpus);
  });
});

test('twice the GPUs never hold less cache in all', () => {
  check((request) => {
    expect(totalCacheGib({ ...request, gpus: request.gpus * 2 })).toBeGreaterThanOrEqual(
      totalCacheGib(request),
    );
  });
});

test('a longer context never serves more requests at once', () => {
  check((request) => {
    const { settings, maxConcurrency } = sizeOnce(request);
    const longer = sizeOnce({ ...request, maxModelLen: settings.maxModelLen * 2 });
    expect(longer.maxConcurrency).toBeLessThanOrEqual(maxConcurrency);
  });
});

test('an fp8 cache never holds fewer tokens', () => {
  check((request) => {
    expect(sizeOnce({ ...request, kvCacheDtype: 'fp8' }).kvCacheTokens).toBeGreaterThanOrEqual(
      sizeOnce({ ...request, kvCacheDtype: 'auto' }).kvCacheTokens,
    );
  });
});

test('a larger share of the memory never means fewer tokens', () => {
  check((request) => {
    const share = request.gpuMemoryUtilization ?? 0.9;
    const more = sizeOnce({ ...request, gpuMemoryUtilization: Math.min(1, share + 0.02) });
    expect(more.kvCacheTokens).toBeGreaterThanOrEqual(
      sizeOnce({ ...request, gpuMemoryUtilization: share }).kvCacheTokens,
    );
  });
});

test('the parts of the budget add up', () => {
  check((request) => {
    const { perGpu, kvCacheGibRange, graphsInsideBudget } = sizeOnce(request);
    const [low, high] = kvCacheGibRange;
    expect(low).toBeLessThanOrEqual(perGpu.kvCacheGib);
    expect(high).toBeGreaterThanOrEqual(perGpu.kvCacheGib);
    const graphs = graphsInsideBudget ? perGpu.cudaGraphGib : 0;
    const spent = perGpu.weightsGib + perGpu.activationGib + perGpu.nonTorchGib + graphs;
    expect(Math.abs(perGpu.kvCacheGib - Math.max(0, perGpu.budgetGib - spent))).toBeLessThan(0.04);
  });
});

test('a start that is said to be cold fits where it fits unsaid, and never holds more than a warm one', () => {
  check((request) => {
    const [unsaid, cold, warm] = [undefined, 'cold', 'warm'].map((compileCache) =>
      sizeOnce({ ...request, compileCache: compileCache as SizeRequest['compileCache'] }),
    );
    expect(cold?.fits).toBe(unsaid?.fits);
    expect(cold?.kvCacheTokens).toBeLessThanOrEqual(warm?.kvCacheTokens ?? 0);
    expect(unsaid?.kvCacheTokens).toBe(warm?.kvCacheTokens);
    expect(Number(warm?.fits)).toBeGreaterThanOrEqual(Number(unsaid?.fits));
  });
});

test('a verdict has its reason, and what fits lacks nothing', () => {
  check((request) => {
    const { verdict, fits, blockers, missingGib, missingGibRange } = sizeOnce(request);
    const [likely, unfavourable] = missingGibRange;
    expect(fits).toBe(verdict === 'fits');
    expect(blockers.length > 0).toBe(verdict !== 'fits');
    expect(unfavourable).toBeGreaterThanOrEqual(likely);
    expect(missingGib).toBe(likely > 0 ? likely : unfavourable);
    if (fits) expect(unfavourable).toBe(0);
    if (verdict === 'barely') expect(likely).toBe(0);
  });
});

test('every choice that is offered fits, and nearly every refusal has one', () => {
  let refusals = 0;
  let helped = 0;
  check((request) => {
    const { fits, nearest, nearestBarely } = sizeModel(request, { accelerators: () => accelerators });
    if (fits) return;
    refusals += 1;
    if (nearest.length > 0) helped += 1;
    for (const choice of nearest) expect(sizeOnce(applied(request, choice)).fits).toBe(true);
    for (const choice of nearestBarely)
      expect(sizeOnce(applied(request, choice)).verdict, choice.change).toBe('barely');
  }, 150);
  console.info(`${helped} of ${refusals} refusals have a choice that fits`);
  expect(helped / refusals).toBeGreaterThan(0.95);
});

/** The request as a user would make it after reading the choice. */
function applied(request: SizeRequest, { set }: NearestChoice): SizeRequest {
  const { precision, accelerator, ...plain } = set;
  const gpus = Number(set.gpus ?? request.gpus);
  return {
    ...request,
    ...plain,
    checkpoint:
      request.model.checkpoints.find((entry) => entry.precision === precision) ?? request.checkpoint,
    accelerator: present(catalog.accelerator(String(accelerator)))[0] ?? request.accelerator,
    ...(set.gpus !== undefined && { gpusPerNode: Math.min(gpus, 8) }),
  } satisfies SizeRequest & { accelerator: AcceleratorProfile };
}
