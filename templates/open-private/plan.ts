import { exposurePlan } from '../../src/plan/exposure.js';
import { omissions } from '../../src/plan/omitted.js';
import type { AlternativePlan, Plan, SecretPlan } from '../../src/plan/plan.js';
import { secretKey, secretPlan } from '../../src/plan/secrets.js';
import { serverPlan, sizeReplica } from '../../src/plan/server.js';
import { countingNotes } from '../../src/plan/service-levels.js';
import { downloadHosts } from '../../src/plan/weights.js';
import { DEFAULT_KUBERNETES } from '../../src/selection/defaults.js';
import { type ResolvedSelection, type ServedSelection, served } from '../../src/selection/resolved.js';
import type { SecretRef } from '../../src/selection/secret.js';
import { sizeModel } from '../../src/sizing/size-model.js';

/** One open model on the company's own accelerators. */
export function planOpenPrivate(selection: ResolvedSelection): Plan {
  const resolved = served(selection);
  const sizing = sizeReplica(resolved);
  const exposure = exposurePlan(resolved);
  const download =
    resolved.serving.weights.token &&
    secretOf(
      resolved,
      resolved.serving.weights.token.secretRef,
      'hub-token',
      'token',
      'download of the weights',
    );
  const client =
    resolved.expose.clientKeys &&
    secretOf(
      resolved,
      resolved.expose.clientKeys.secretRef,
      'client-keys',
      'key',
      'bearer key of the clients',
    );
  const server = serverPlan(resolved, sizing, exposure, {
    download: download ? secretKey(download) : null,
    client: client ? secretKey(client) : null,
  });
  return {
    planVersion: 1,
    name: resolved.name,
    environment: resolved.environment,
    namespace: resolved.namespace,
    scheme: resolved.scheme,
    selection: resolved.file,
    kubernetes: resolved.cluster.kubernetes ?? DEFAULT_KUBERNETES,
    servers: [server],
    gateways: [],
    exposure,
    secrets: [download, client].filter((secret) => secret !== undefined),
    settings: resolved.settings,
    assumptions: [
      ...sizing.assumptions,
      `the download reaches ${server.weights.hosts.join(', ')} (${downloadHosts(resolved).from})`,
      `the download keeps up 25 MiB/s, else its Job ends after ${server.lifecycle.downloadDeadlineSeconds} s and starts again where it stopped`,
      ...countingNotes(server),
    ],
    omitted: omissions(resolved),
    overrides: resolved.overrides,
    findings: [],
    alternatives: alternatives(resolved),
    notices: resolved.notices,
    parts: [],
  };
}

/** A store's value becomes a Secret of the namespace where the cluster can read stores, else the user makes that Secret. */
function secretOf(
  resolved: ResolvedSelection,
  ref: SecretRef,
  name: string,
  key: string,
  purpose: string,
): SecretPlan {
  const plan = secretPlan(ref, name, key, purpose);
  const canRead = resolved.cluster.capabilities?.includes('external-secrets') ?? false;
  return plan.via === 'external' && !canRead ? { ...plan, via: 'existing' } : plan;
}

/** What each successor would take on the same accelerators, in the same precision where it is published. */
function alternatives({ serving }: ServedSelection): AlternativePlan[] {
  return serving.successors.map((model) => {
    const checkpoint =
      model.checkpoints.find(({ precision }) => precision === serving.checkpoint.precision) ??
      model.checkpoints.find(
        ({ precision }) => isFourBit(precision) && isFourBit(serving.checkpoint.precision),
      ) ??
      model.checkpoints[0];
    if (checkpoint === undefined) throw new Error(`model ${model.id} has no checkpoint`);
    const context = Math.min(serving.sizing.context, model.context.max);
    const sizing = sizeModel({
      model,
      checkpoint,
      accelerator: serving.accelerator,
      engine: serving.engine,
      gpus: serving.sizing.gpusPerReplica,
      maxModelLen: context,
      maxNumSeqs: serving.sizing.concurrency,
    });
    return {
      model: model.id,
      name: model.name,
      precision: checkpoint.precision,
      licence: model.licence,
      verdict: sizing.verdict,
      weightsGibPerGpu: sizing.perGpu.weightsGib,
      kvCacheTokens: sizing.kvCacheTokens,
      kvBytesPerTokenPerGpu: sizing.kvBytesPerTokenPerGpu,
      context,
    };
  });
}

function isFourBit(precision: string): boolean {
  return ['awq', 'gptq', 'w4a16', 'int4'].includes(precision);
}
