import type { Construct } from 'constructs';
import { DefaultDeny } from '../../src/constructs/default-deny.js';
import { DownloadEgress } from '../../src/constructs/download-egress.js';
import { ImageTo3d, imageTo3dIdentity } from '../../src/constructs/image-to-3d.js';
import { WEIGHTS_MOUNT } from '../../src/constructs/image-to-3d-pod.js';
import { ModelWeights } from '../../src/constructs/model-weights.js';
import { Namespace } from '../../src/constructs/namespace.js';
import { NetworkHole, peerOf } from '../../src/constructs/network-hole.js';
import { SecretsFromStore } from '../../src/constructs/secrets-from-store.js';
import { ServiceAccounts } from '../../src/constructs/service-accounts.js';
import { selectorLabels } from '../../src/kubernetes/labels.js';
import type { ImageTo3dPlan } from '../../src/plan/image-to-3d-plan.js';
import type { Plan } from '../../src/plan/plan.js';
import { storedValues } from '../../src/plan/secrets.js';
import { HUBS } from '../../src/plan/weights.js';

const DOWNLOAD_DEADLINE_SECONDS = 3600;

/** Turns the plan of one environment into objects. Decides nothing. */
export function build(chart: Construct, plan: Plan): void {
  const { namespace, name: instance, kubernetes, imageTo3d } = plan;
  if (imageTo3d === undefined) throw new Error('a plan of image-to-3d without its program');
  const { platform } = imageTo3d;
  new Namespace(chart, 'namespace', {
    name: namespace,
    instance,
    kubernetes,
    labels: platform.namespaceLabels,
  });
  new ServiceAccounts(chart, 'service-accounts', {
    namespace,
    instance,
    names: ['views', 'weights'],
    annotations: platform.serviceAccountAnnotations,
  });
  new DefaultDeny(chart, 'default-deny', { namespace, instance });
  new SecretsFromStore(chart, 'secrets', {
    namespace,
    instance,
    values: storedValues(plan.secrets),
  });
  buildWeights(chart, plan, imageTo3d);
  new ImageTo3d(chart, 'views', { namespace, instance, plan: imageTo3d });
  buildNetwork(chart, plan, imageTo3d);
}

function buildWeights(chart: Construct, { namespace, name: instance }: Plan, plan: ImageTo3dPlan): void {
  const { checkpoint, accelerator, platform, imagePullSecret } = plan;
  new ModelWeights(chart, 'weights', {
    namespace,
    instance,
    image: checkpoint.downloadImage,
    ...(imagePullSecret !== null && { imagePullSecret }),
    user: { ...plan.user, name: 'views', home: '/home/views' },
    serviceAccountName: 'weights',
    claimName: 'weights',
    sizeGib: checkpoint.volumeGib,
    shared: checkpoint.shared,
    ...(checkpoint.storageClass !== null && { storageClass: checkpoint.storageClass }),
    mountPath: WEIGHTS_MOUNT,
    folder: checkpoint.folder,
    hub: 'huggingface',
    repository: checkpoint.repository,
    revision: checkpoint.revision,
    endpoint: null,
    token: checkpoint.token,
    exclude: checkpoint.exclude,
    excludeBesideSafetensors: [],
    tolerationKeys: accelerator.tolerationKeys,
    podAnnotations: platform.podAnnotations,
    podLabels: platform.podLabels,
    followPods: checkpoint.shared ? null : selectorLabels(imageTo3dIdentity(instance)),
    jobName: 'weights',
    ...(checkpoint.revision !== null && { jobNameSuffix: checkpoint.revision.slice(0, 8) }),
    deadlineSeconds: DOWNLOAD_DEADLINE_SECONDS,
  });
}

function buildNetwork(chart: Construct, { namespace, name: instance }: Plan, plan: ImageTo3dPlan): void {
  const { network, platform, port, run } = plan;
  new DownloadEgress(chart, 'weights-egress', {
    namespace,
    instance,
    name: 'weights',
    pods: selectorLabels({ name: 'weights', instance, component: 'weights' }),
    hosts: HUBS.huggingface.hosts,
    dns: platform.dns,
    metadataAddresses: platform.metadataAddresses,
  });
  if (run === 'job') return;
  for (const { name, why, from } of network.ingress) {
    new NetworkHole(chart, `views-${name}`, {
      namespace,
      instance,
      name: `views-${name}`,
      why: why.replace('call the model', 'send pictures'),
      pods: selectorLabels(imageTo3dIdentity(instance)),
      direction: 'ingress',
      peers: [peerOf(from)],
      ports: [{ port, protocol: 'TCP' }],
    });
  }
}
