import { type LicensedPlan, OPERATOR_KEY } from '../../plan/licensed-plan.js';
import { key, type PlanCheck, type PlanFinding, type Planned } from './planned.js';

const SOURCE = 'what vendors of licensed containers publish, read in 2026-11';

export const licensedStorage: PlanCheck = {
  id: 'licensed/shared-storage',
  title: 'every pod of the container can mount the volume',
  why: 'a volume of one node is mounted by pods of that node only: the others wait for ever',
  source: 'Kubernetes documentation: access modes of persistent volumes',
  inputs: ['licensed[].storage', 'licensed[].replicas'],
  run: onContainers(({ storage, replicas }, planned) =>
    storage === null || storage.shared || replicas < 2
      ? []
      : [
          {
            severity: 'error',
            message: `${replicas} pods share one volume, and cluster.storageClass.shared is not set`,
            remedy: [
              'set cluster.storageClass.shared to a class that offers ReadWriteMany',
              'or container.replicas: 1',
            ],
            subject: key(planned, 'container.replicas'),
          },
        ],
  ),
};

export const licensedProbes: PlanCheck = {
  id: 'licensed/probes',
  title: 'the vendor says how one sees that the container works',
  why: 'an open port is no working model: traffic arrives while it still loads, and a hung process is never restarted',
  source: SOURCE,
  inputs: ['licensed[].probes'],
  run: onContainers(({ probes, vendor }, planned) =>
    probes !== null
      ? []
      : [
          {
            severity: 'warning',
            message: `${vendor} documents no probes: only the open port counts, and a container that hangs is never seen`,
            remedy: ['ask the vendor for paths that answer without a paid call, and set container.probes'],
            subject: key(planned, 'container.probes'),
          },
        ],
  ),
};

export const licensedEgress: PlanCheck = {
  id: 'licensed/egress',
  title: 'the licensed container calls nobody',
  why: 'a container that nobody can read and that may call out is no private deployment: it can send what it is given',
  source: 'selection rules, X6: no outside connection is only true where the egress policy proves it',
  inputs: ['licensed[].egressHosts'],
  guards: true,
  run: onContainers(({ egressHosts }, planned) =>
    egressHosts.length === 0
      ? []
      : [
          {
            severity: 'warning',
            message: `the container may call ${egressHosts.join(', ')}, and with it every address on port 443: policies know no names`,
            remedy: [
              'ask the vendor for a licence and a model that need no calls (offline key, filled cache), then container.egressHosts: []',
              'or put an egress proxy with these hosts in between',
            ],
            subject: key(planned, 'container.egressHosts'),
          },
        ],
  ),
};

export const licensedTerms: PlanCheck = {
  id: 'licensed/terms-accepted',
  title: 'somebody accepted the vendor’s terms for the company',
  why: 'a container that starts is not yet one that may be used; audits ask who signed',
  source: SOURCE,
  inputs: ['licensed[].eulaAcceptedBy'],
  guards: true,
  run: onContainers(({ eulaAcceptedBy, vendor, licence }, planned) =>
    eulaAcceptedBy !== null
      ? []
      : [
          {
            severity: 'question',
            message: `nothing says who accepted the terms of ${vendor} (licence: ${licence.kind})`,
            remedy: ['name the person or the contract; it stands as an annotation on the pods'],
            key: key(planned, 'container.eulaAcceptedBy'),
          },
        ],
  ),
};

export const licensedNodes: PlanCheck = {
  id: 'licensed/nodes',
  title: 'the container lands on nodes with the accelerators that it is licensed for',
  why: 'in a cluster with several kinds of accelerator the resource name alone lands on any of them',
  source: SOURCE,
  inputs: ['licensed[].accelerator.nodeLabel'],
  run: onContainers(({ accelerator }, planned) =>
    accelerator.nodeLabel !== null
      ? []
      : [
          {
            severity: 'warning',
            message: `no node label is named: pods go to any node with ${accelerator.resource}`,
            remedy: ['set cluster.nodeLabel to what tells the right nodes'],
            subject: key(planned, 'cluster.nodeLabel'),
          },
        ],
  ),
};

export const licensedDriver: PlanCheck = {
  id: 'licensed/driver',
  title: 'the driver of the nodes is new enough for the container',
  why: 'with an older driver the container exits at start',
  source: SOURCE,
  inputs: ['container.minDriver', 'cluster.driver'],
  run: onContainers((_, planned) => {
    const { section, cluster } = planned.resolved;
    const { minDriver } = (section as { container?: { minDriver?: string } }).container ?? {};
    if (minDriver === undefined) return [];
    const asked = key(planned, 'cluster.driver');
    const remedy = [`the vendor asks for ${minDriver} or newer`];
    if (cluster.driver === undefined)
      return [{ severity: 'question', message: 'cluster.driver is not set', remedy, key: asked }];
    if (Number.parseInt(cluster.driver, 10) >= Number.parseInt(minDriver, 10)) return [];
    const message = `driver ${cluster.driver} is older than ${minDriver}`;
    return [{ severity: 'error', message, remedy, subject: asked }];
  }),
};

export const licensedOperator: PlanCheck = {
  id: 'licensed/operator',
  title: 'NVIDIA’s operator can run the container in this namespace',
  why: 'the pods are the operator’s: it reads one key of one Secret, and gives its server neither a seccomp profile nor dropped capabilities',
  source:
    'NVIDIA/k8s-nim-operator, manifests/deployment.yaml and nimservice_types.go (newest state read in 2026-11)',
  inputs: ['licensed[].operator', 'licensed[].licence'],
  run: onContainers(({ operator, licence }, planned): readonly PlanFinding[] => {
    if (!operator) return [];
    const plain = 'or leave nim-operator out of cluster.capabilities: then a plain Deployment is emitted';
    const subject = key(planned, 'container.licence');
    if (licence.kind !== 'env-key')
      return [
        {
          severity: 'error',
          message: `container.licence.kind is ${licence.kind}, and the operator hands on a key only`,
          remedy: ['set container.licence.kind: env-key', plain],
          subject,
        },
      ];
    if (licence.secret.key !== OPERATOR_KEY)
      return [
        {
          severity: 'error',
          message: `the operator reads key ${OPERATOR_KEY} of Secret ${licence.secret.secretName}, not ${licence.secret.key}`,
          remedy: [`store the key as ${OPERATOR_KEY}, and set container.licence.secretRef.key to it`, plain],
          subject,
        },
      ];
    return [
      {
        severity: 'warning',
        message:
          'Pod Security restricted refuses the pods that the operator makes: this namespace enforces baseline, and warns of the rest',
        remedy: [
          'leave nim-operator out of cluster.capabilities: then a plain Deployment is emitted, which restricted admits',
        ],
        subject: key(planned, 'cluster.capabilities'),
      },
    ];
  }),
};

export const licensedChecks: readonly PlanCheck[] = [
  licensedStorage,
  licensedTerms,
  licensedEgress,
  licensedProbes,
  licensedNodes,
  licensedDriver,
  licensedOperator,
];

function onContainers(test: (container: LicensedPlan, planned: Planned) => readonly PlanFinding[]) {
  return (planned: Planned): readonly PlanFinding[] =>
    (planned.plan.licensed ?? []).flatMap((container) => test(container, planned));
}
