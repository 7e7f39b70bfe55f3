import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KEEP } from '../kubernetes/annotations.js';
import { imageReference } from '../kubernetes/image.js';
import { labels } from '../kubernetes/labels.js';
import { tolerations } from '../kubernetes/tolerations.js';
import type { LicensedPlan } from '../plan/licensed-plan.js';
import { type LicensedServerProps, licensedIdentity } from './licensed-server.js';

/** Labels of the pods that the operator makes: the usual ones are its own. */
export function operatorLabels(instance: string): Record<string, string> {
  return { 'berth.dev/server': instance };
}

/** The same container by NVIDIA's operator: a NIMCache that fills the volume once, and a NIMService that runs from it. */
export class NimService extends Construct {
  constructor(scope: Construct, id: string, { namespace, instance, plan }: LicensedServerProps) {
    super(scope, id);
    const { name, storage, accelerator, resources, user, licence } = plan;
    const identity = licensedIdentity(instance, name);
    const metadata = { namespace, labels: labels(identity) };
    const authSecret = licence.kind === 'env-key' ? { authSecret: licence.secret.secretName } : {};
    // A cache that is filled elsewhere than its service may run leaves a volume that the service cannot mount.
    const placed = { tolerations: tolerations(accelerator.tolerationKeys), ...nodeSelector(accelerator) };
    const pullSecret = plan.imagePullSecret;
    const runtime = accelerator.runtimeClass === null ? {} : { runtimeClassName: accelerator.runtimeClass };

    if (storage !== null && licence.kind === 'env-key') {
      new ApiObject(this, 'cache', {
        apiVersion: 'apps.nvidia.com/v1alpha1',
        kind: 'NIMCache',
        metadata: { ...metadata, name: 'model', annotations: { ...KEEP } },
        spec: {
          source: {
            ngc: {
              modelPuller: imageReference(plan.image),
              ...authSecret,
              ...(pullSecret !== null && { pullSecret }),
            },
          },
          storage: {
            pvc: {
              create: true,
              size: `${storage.sizeGib}Gi`,
              volumeAccessMode: storage.shared ? 'ReadWriteMany' : 'ReadWriteOnce',
              ...(storage.storageClass !== null && { storageClass: storage.storageClass }),
            },
          },
          ...placed,
          ...runtime,
          userID: user.uid,
          groupID: user.gid,
        },
      });
    }

    new ApiObject(this, 'service', {
      apiVersion: 'apps.nvidia.com/v1alpha1',
      kind: 'NIMService',
      metadata: { ...metadata, name },
      spec: {
        labels: operatorLabels(instance),
        image: {
          repository: plan.image.repository,
          tag: `${plan.image.tag}@${plan.image.digest}`,
          pullPolicy: 'IfNotPresent',
          ...(pullSecret !== null && { pullSecrets: [pullSecret] }),
        },
        ...authSecret,
        env: plan.env.map((variable) => ({ ...variable })),
        replicas: plan.replicas,
        expose: { service: { type: 'ClusterIP', port: plan.port } },
        storage: {
          ...(storage === null ? { emptyDir: {} } : { nimCache: { name: 'model' } }),
          ...(resources.sharedMemoryGib > 0 && { sharedMemorySizeLimit: `${resources.sharedMemoryGib}Gi` }),
        },
        resources: resourcesOf(plan),
        startupProbe: {
          enabled: true,
          probe: {
            httpGet: { path: plan.probes?.startup ?? '/v1/health/ready', port: plan.port },
            periodSeconds: 10,
            timeoutSeconds: 5,
            failureThreshold: Math.ceil(plan.startupBudgetSeconds / 10),
          },
        },
        ...(plan.monitored !== null &&
          plan.metrics !== null && {
            metrics: {
              enabled: true,
              serviceMonitor: {
                additionalLabels: { ...plan.monitored.labels },
                interval: '30s',
                scrapeTimeout: '10s',
              },
            },
          }),
        ...placed,
        ...runtime,
        userID: user.uid,
        groupID: user.gid,
      },
    });
  }
}

/** The cache knows no affinity, so only a label with one value can be asked for. */
function nodeSelector({ nodeLabel }: LicensedPlan['accelerator']) {
  const [value, ...others] = nodeLabel?.values ?? [];
  if (nodeLabel === null || value === undefined || others.length > 0) return {};
  return { nodeSelector: { [nodeLabel.key]: value } };
}

function resourcesOf({ resources, accelerator }: LicensedPlan) {
  const memory = `${resources.memoryGib + resources.sharedMemoryGib}Gi`;
  const accelerators = { [accelerator.resource]: accelerator.count };
  return {
    requests: { cpu: `${resources.cpus}`, memory, ...accelerators },
    limits: { memory, ...accelerators },
  };
}
