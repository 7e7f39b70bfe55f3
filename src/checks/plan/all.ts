import {
  acceleratorDatacentre,
  acceleratorImage,
  acceleratorNodeLabel,
  acceleratorResource,
} from './accelerator.js';
import { capacityCluster, capacityNode } from './capacity.js';
import { clusterKindChecks } from './cluster-kind/all.js';
import { dataChecks } from './data.js';
import { engineArchitecture, engineKvDtype, engineLoraRank, engineTable, engineToolCalls } from './engine.js';
import { exposeAuthentication, exposeComplete, exposeEntry, exposeTls } from './expose.js';
import {
  fitBarely,
  fitConcurrency,
  fitCudaGraphs,
  fitHostMemory,
  fitKvCache,
  fitKvCacheDtype,
  fitParallel,
  fitPrecision,
  fitWeights,
} from './fit.js';
import { gatewayClients, gatewayEgress, gatewayLockIn, gatewayPatches, gatewayRetention } from './gateway.js';
import { imageTo3dChecks } from './image-to-3d.js';
import { licenceChecks } from './licence.js';
import { licensedChecks } from './licensed.js';
import { imageDigest, modelRevision } from './lock.js';
import { pitfallChecks } from './pitfalls.js';
import type { PlanCheck } from './planned.js';
import {
  providerKey,
  providerNotVerified,
  providerRetiredHost,
  providerRetiredModel,
  providerUnknownModel,
} from './providers.js';
import { capacityReplicas } from './replicas.js';
import { scalingAdmission, scalingPrometheus, scalingRange } from './scaling.js';
import { securityNetworkPolicy } from './security.js';
import { translatorConfig, translatorProof } from './translator.js';
import {
  storageNodeBound,
  storageReadSpeed,
  weightsMirror,
  weightsSourceKnown,
  weightsToken,
} from './weights.js';

/** Every plan check, in the order in which findings are printed: what is not allowed, then what cannot work. */
export const planChecks: readonly PlanCheck[] = [
  ...licenceChecks,
  ...dataChecks,
  ...pitfallChecks,
  fitPrecision,
  fitKvCacheDtype,
  fitParallel,
  fitWeights,
  fitKvCache,
  fitCudaGraphs,
  fitBarely,
  fitConcurrency,
  fitHostMemory,
  capacityNode,
  capacityCluster,
  capacityReplicas,
  scalingRange,
  scalingAdmission,
  scalingPrometheus,
  engineArchitecture,
  engineTable,
  engineToolCalls,
  engineLoraRank,
  engineKvDtype,
  acceleratorImage,
  acceleratorResource,
  acceleratorNodeLabel,
  acceleratorDatacentre,
  weightsSourceKnown,
  weightsToken,
  weightsMirror,
  storageNodeBound,
  storageReadSpeed,
  providerRetiredModel,
  providerRetiredHost,
  providerUnknownModel,
  providerKey,
  providerNotVerified,
  gatewayClients,
  gatewayEgress,
  gatewayLockIn,
  gatewayRetention,
  gatewayPatches,
  translatorProof,
  translatorConfig,
  exposeComplete,
  exposeTls,
  exposeAuthentication,
  exposeEntry,
  securityNetworkPolicy,
  ...clusterKindChecks,
  ...licensedChecks,
  ...imageTo3dChecks,
  imageDigest,
  modelRevision,
];
