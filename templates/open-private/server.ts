import type { Chart } from 'cdk8s';
import { ModelWeights } from '../../src/constructs/model-weights.js';
import { serverIdentity, VllmServer } from '../../src/constructs/vllm-server.js';
import { imageReference } from '../../src/kubernetes/image.js';
import { selectorLabels } from '../../src/kubernetes/labels.js';
import type { Plan, ServerPlan } from '../../src/plan/plan.js';

/** The server, its volume, and the Job that fills it. */
export function buildServer(chart: Chart, plan: Plan, server: ServerPlan): void {
  const { namespace, name: instance } = plan;
  const { name, weights, model, accelerator, lifecycle, resources, user } = server;
  const image = imageReference(server.image);

  new ModelWeights(chart, weights.volumeName, {
    namespace,
    instance,
    image,
    user,
    serviceAccountName: weights.volumeName,
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
    followPods: weights.kind === 'node-bound' ? selectorLabels(serverIdentity(instance, name)) : null,
    jobName: weights.jobName,
    ...(weights.revisionSuffix !== null && { jobNameSuffix: weights.revisionSuffix }),
    deadlineSeconds: lifecycle.downloadDeadlineSeconds,
  });

  new VllmServer(chart, name, {
    ...lifecycle,
    ...resources,
    namespace,
    name,
    instance,
    version: server.engine.version,
    image,
    args: server.args,
    env: server.env,
    apiKey: server.apiKey && { env: server.apiKey.env, ...server.apiKey.secret },
    port: server.port,
    user,
    serviceAccountName: name,
    acceleratorResource: accelerator.resource,
    acceleratorCount: accelerator.count,
    nodeLabel: accelerator.nodeLabel,
    tolerationKeys: accelerator.tolerationKeys,
    runtimeClass: accelerator.runtimeClass,
    claimName: weights.volumeName,
    mountPath: weights.mountPath,
    folder: weights.folder,
    weightsDeadlineSeconds: lifecycle.downloadDeadlineSeconds,
    rollout: server.rollout,
    // Under a scaler the field belongs to the scaler.
    ...(server.scaling === null && { replicas: server.replicas.min }),
  });
}
