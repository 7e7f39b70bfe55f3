import { useOf } from '../licence/use.js';
import { licensing } from '../licence/verdict.js';
import { DEFAULT_SHUTDOWN_TIMEOUT_SECONDS } from '../selection/defaults.js';
import type { ServedSelection } from '../selection/resolved.js';
import { sizeModel } from '../sizing/size-model.js';
import type { Sizing } from '../sizing/types.js';
import { callsPlan } from './calls.js';
import { dashboardPlan } from './dashboard.js';
import { engineArgs, engineEnv, maxLoraRank } from './engine-args.js';
import { assumedDriver, driverEnvironment, engineImage } from './image.js';
import { lifecycle } from './lifecycle.js';
import { networkPlan } from './network.js';
import { chosenPool, poolPlan } from './node-pool.js';
import { nodeSelection } from './node-selection.js';
import type { AcceleratorPlan, ExposurePlan, SecretKey, ServerPlan } from './plan.js';
import { assignsUserIds, platformPlan } from './platform.js';
import { admission, scaling } from './scaling.js';
import { weightsPlan, weightsSource } from './weights.js';

/** Compile cache, home and /tmp of one pod. */
const CACHE_GIB = 10;

/** One replica of the resolved model, sized with every setting that the selection fixes. */
export function sizeReplica({ serving, cluster, usage }: ServedSelection): Sizing {
  const { sizing, engineSettings: engine } = serving;
  const ranks = (engine.loraAdapters ?? []).map(({ rank }) => rank);
  return sizeModel({
    model: serving.model,
    checkpoint: serving.checkpoint,
    accelerator: serving.accelerator,
    engine: serving.engine,
    gpus: sizing.gpusPerReplica,
    // The pod's cache is an emptyDir.
    compileCache: 'cold',
    maxModelLen: sizing.context,
    maxNumSeqs: engine.maxNumSeqs ?? sizing.concurrency,
    ...lengths(usage, sizing.concurrency),
    ...(cluster.gpusPerNode !== undefined && { gpusPerNode: cluster.gpusPerNode }),
    ...(engine.tensorParallelSize !== undefined && { tensorParallelSize: engine.tensorParallelSize }),
    ...(engine.pipelineParallelSize !== undefined && { pipelineParallelSize: engine.pipelineParallelSize }),
    ...(engine.enableExpertParallel !== undefined && { enableExpertParallel: engine.enableExpertParallel }),
    ...(engine.gpuMemoryUtilization !== undefined && { gpuMemoryUtilization: engine.gpuMemoryUtilization }),
    ...(engine.maxNumBatchedTokens !== undefined && { maxNumBatchedTokens: engine.maxNumBatchedTokens }),
    ...(engine.kvCacheDtype !== undefined && { kvCacheDtype: engine.kvCacheDtype }),
    ...(engine.enforceEager !== undefined && { enforceEager: engine.enforceEager }),
    ...(ranks.length > 0 && {
      maxLoras: ranks.length,
      maxLoraRank: maxLoraRank(ranks) ?? Math.max(...ranks),
    }),
    ...(cluster.storageClass?.readGibPerSecond !== undefined && {
      readGibPerSecond: cluster.storageClass.readGibPerSecond,
    }),
  });
}

/** The speed is that of a full replica with the lengths of the selection; without lengths, of one usual request. */
function lengths({ inputTokens, outputTokens }: ServedSelection['usage'], concurrency: number) {
  if (inputTokens === undefined || outputTokens === undefined) return {};
  return { inputTokens, outputTokens, concurrency };
}

/** Everything about one served model. Pure; expects a request that sizes (its findings may still say that it does not fit). */
export function serverPlan(
  resolved: ServedSelection,
  sizing: Sizing,
  exposure: ExposurePlan | null,
  secrets: { readonly download: SecretKey | null; readonly client: SecretKey | null },
): ServerPlan {
  const { cluster, serving } = resolved;
  const { engineFamily, engineSettings, model, checkpoint, accelerator, engineVersion } = serving;
  const capabilities = cluster.capabilities ?? [];
  const { host, settings } = sizing;
  const image = engineImage(engineFamily, engineVersion, accelerator, resolved.lock, {
    repository: engineSettings.image,
    driver: assumedDriver(resolved),
    mirror: cluster.registryMirror,
  });
  const shutdownTimeoutSeconds = engineSettings.shutdownTimeoutSeconds ?? DEFAULT_SHUTDOWN_TIMEOUT_SECONDS;
  const times = lifecycle(host.startupSeconds, host.filesGib, shutdownTimeoutSeconds);
  const weights = weightsPlan(resolved, host.filesGib, secrets.download);
  const { source, repository, revision } = weightsSource(resolved);
  const concurrency = admission(settings.maxNumSeqs, engineSettings.maxNumQueuedReqs);
  const servedModelNames = engineSettings.servedModelName ?? [model.id];
  const replicas = serving.sizing.replicas;
  const monitored = capabilities.includes('prometheus-operator');
  const scaled =
    capabilities.includes('keda') && cluster.prometheus?.address !== undefined && replicas.max > replicas.min;
  const levels = serving.sizing.serviceLevels;
  const platform = platformPlan(resolved);
  const acceleratorsOf = acceleratorPlan(
    resolved,
    settings.tensorParallelSize * settings.pipelineParallelSize,
  );
  const name = 'server';
  const pool = poolPlan(resolved, { name, accelerator: acceleratorsOf, replicas, lifecycle: times });
  return {
    name,
    model: {
      id: model.id,
      name: model.name,
      precision: checkpoint.precision,
      licence: model.licence,
      licensing: licensing(serving.heldUnder, useOf(resolved), checkpoint.gated ?? false),
      source,
      repository: repository ?? '',
      revision,
      gated: checkpoint.gated ?? false,
    },
    engine: { name: 'vllm', version: engineVersion, table: serving.engine.version },
    image: image ?? { repository: '', tag: '', digest: null },
    accelerator: chosenPool(acceleratorsOf, pool),
    sizing,
    args: engineArgs({
      resolved,
      settings,
      modelPath: `${weights.mountPath}/${weights.folder}`,
      servedModelNames,
      port: engineFamily.port,
      admitted: concurrency.admitted,
      shutdownTimeoutSeconds,
    }),
    env: [
      ...engineEnv(resolved, settings, times.startupBudgetSeconds),
      ...driverEnvironment(resolved, image?.tag ?? ''),
    ],
    apiKey: secrets.client && { env: 'VLLM_API_KEY', secret: secrets.client },
    servedModelNames,
    port: engineFamily.port,
    user: { ...engineFamily.user, assigned: assignsUserIds(resolved.clusterKind, platform.mode) },
    resources: {
      cpus: host.cpus,
      memoryGib: host.memoryGib,
      sharedMemoryGib: host.sharedMemoryGib,
      ephemeralStorageGib: CACHE_GIB + 5,
      cacheGib: CACHE_GIB,
    },
    lifecycle: times,
    weights,
    replicas,
    calls: callsPlan(resolved, sizing),
    concurrency,
    scaling: scaled
      ? scaling(concurrency.target, replicas, times.startupBudgetSeconds, cluster.prometheus?.address ?? '')
      : null,
    monitoring: monitored
      ? {
          labels: cluster.prometheus?.labels ?? {},
          scrapeIntervalSeconds: 15,
          serviceLevels: {
            ttftSeconds: levels.ttftMs === undefined ? null : levels.ttftMs / 1000,
            interTokenSeconds: levels.interTokenMs === undefined ? null : levels.interTokenMs / 1000,
            availability: levels.availability ?? null,
          },
          dashboard: dashboardPlan(resolved),
        }
      : null,
    network: networkPlan(resolved, exposure, monitored),
    platform,
    pool,
    // A second pod on another node could not mount a node-bound volume; one replica has nothing to roll over to.
    rollout: weights.kind === 'node-bound' ? 'recreate' : 'rolling',
  };
}

function acceleratorPlan(resolved: ServedSelection, count: number): AcceleratorPlan {
  const { cluster, serving } = resolved;
  const { id, name } = serving.accelerator;
  const { resource, nodeLabel, nodeConditions, taintKeys } = nodeSelection(
    resolved,
    serving.accelerator,
    count,
  );
  return {
    id,
    name,
    resource,
    count,
    nodeLabel,
    nodeConditions,
    tolerationKeys: [...new Set([...taintKeys, ...(cluster.taints ?? [])])],
    runtimeClass: cluster.runtimeClass ?? null,
  };
}
