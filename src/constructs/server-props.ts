import { imageReference } from '../kubernetes/image.js';
import { selectorLabels } from '../kubernetes/labels.js';
import type { Plan, ServerPlan } from '../plan/plan.js';
import type { ModelWeightsProps } from './model-weights.js';
import { serverIdentity, type VllmServerProps } from './vllm-server.js';

/**
 * Properties of the `ModelWeights` that fill the volume of a planned server.
 *
 * @param server One of `plan.servers`. @default - the first
 */
export function modelWeightsProps(plan: Plan, server: ServerPlan = firstServer(plan)): ModelWeightsProps {
  const { namespace, name: instance } = plan;
  const { weights, model, accelerator, platform } = server;
  return {
    namespace,
    instance,
    image: imageReference(server.image),
    user: server.user,
    serviceAccountName: weights.volumeName,
    ...(platform.imagePullSecret !== null && { imagePullSecret: platform.imagePullSecret }),
    claimName: weights.volumeName,
    sizeGib: weights.volumeGib,
    shared: weights.kind === 'shared',
    ...(weights.storageClass !== null && { storageClass: weights.storageClass }),
    mountPath: weights.mountPath,
    folder: weights.folder,
    hub: model.source === 'modelscope' ? 'modelscope' : 'huggingface',
    repository: model.repository,
    revision: model.revision,
    endpoint: weights.endpoint,
    token: weights.token,
    exclude: weights.exclude,
    excludeBesideSafetensors: weights.excludeBesideSafetensors,
    tolerationKeys: accelerator.tolerationKeys,
    podAnnotations: platform.podAnnotations,
    podLabels: platform.podLabels,
    followPods: weights.kind === 'node-bound' ? selectorLabels(serverIdentity(instance, server.name)) : null,
    jobName: weights.jobName,
    ...(weights.revisionSuffix !== null && { jobNameSuffix: weights.revisionSuffix }),
    deadlineSeconds: server.lifecycle.downloadDeadlineSeconds,
  };
}

/**
 * Properties of the `VllmServer` of a planned server. It runs as the account `server.name` and mounts the volume of
 * `modelWeightsProps`.
 *
 * @param server One of `plan.servers`. @default - the first
 */
export function vllmServerProps(plan: Plan, server: ServerPlan = firstServer(plan)): VllmServerProps {
  const { name, weights, accelerator, lifecycle, platform } = server;
  return {
    ...lifecycle,
    ...server.resources,
    namespace: plan.namespace,
    name,
    instance: plan.name,
    version: server.engine.version,
    image: imageReference(server.image),
    args: server.args,
    env: server.env,
    apiKey: server.apiKey && { env: server.apiKey.env, ...server.apiKey.secret },
    port: server.port,
    user: server.user,
    serviceAccountName: name,
    ...(platform.imagePullSecret !== null && { imagePullSecret: platform.imagePullSecret }),
    acceleratorResource: accelerator.resource,
    acceleratorCount: accelerator.count,
    nodeLabel: accelerator.nodeLabel,
    nodeConditions: accelerator.nodeConditions,
    podAnnotations: platform.podAnnotations,
    ...(platform.schedulerName !== null && { schedulerName: platform.schedulerName }),
    tolerationKeys: accelerator.tolerationKeys,
    runtimeClass: accelerator.runtimeClass,
    claimName: weights.volumeName,
    mountPath: weights.mountPath,
    folder: weights.folder,
    weightsDeadlineSeconds: lifecycle.downloadDeadlineSeconds,
    rollout: server.rollout,
    // Under a scaler the field belongs to the scaler.
    ...(server.scaling === null && { replicas: server.replicas.min }),
  };
}

function firstServer({ name, scheme, servers: [first] }: Plan): ServerPlan {
  if (first === undefined) throw new Error(`the plan of ${name} serves no model itself: scheme ${scheme}`);
  return first;
}
