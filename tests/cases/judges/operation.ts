import { expect } from 'vitest';
import type { KubernetesObject } from '../../../src/inspect/types.js';
import type { Workload } from '../../../src/inspect/workload.js';
import { findEnvironments } from '../../cluster/environments.js';
import { customValidator } from '../../schemas/custom-schemas.js';
import type { Judges } from '../judge.js';
import type { Deployed, Trial } from '../trial.js';
import { OF_THE_CLUSTER, unknownMetrics } from './monitoring.js';

/** Argument values of the download Job after a flag, which may be repeated or take several. */
function jobText({ inspected }: Deployed): string {
  const job = inspected.workloads.find(({ kind }) => kind === 'Job');
  return (job?.pod.containers[0]?.args ?? []).join('\n');
}

function jobEnv({ inspected }: Deployed): Record<string, string | undefined> {
  const job = inspected.workloads.find(({ kind }) => kind === 'Job');
  return Object.fromEntries((job?.pod.containers[0]?.env ?? []).map(({ name, value }) => [name, value]));
}

function claimGib({ ofKind }: Deployed): number {
  const [claim] = ofKind('PersistentVolumeClaim');
  const spec = claim?.spec as { resources: { requests: { storage: string } } };
  return Number(/^(\d+)Gi$/.exec(spec.resources.requests.storage)?.[1]);
}

/** Policies of a pod's labels that say something about its way out, as text. */
function egressOf({ inspected, ofKind }: Deployed, kind: string): string {
  const pod = inspected.workloads.find((workload) => workload.kind === kind)?.pod;
  const own = inspected.networkPolicies.filter(({ workloads }) =>
    workloads.some((workload) => workload.pod.labels === pod?.labels),
  );
  expect(own.length).toBeGreaterThan(0);
  const subjects = own.map(({ subject }) => subject);
  return JSON.stringify(
    ofKind('NetworkPolicy').filter(({ metadata }) => subjects.includes(`NetworkPolicy/${metadata.name}`)),
  );
}

const HUB = ['huggingface.co', '*.hf.co', '*.xethub.hf.co'];

async function remoteRefs(trial: Trial) {
  const secrets = (await trial.one()).ofKind('ExternalSecret');
  expect(secrets).toHaveLength(1);
  return secrets.flatMap((secret) => (secret.spec as { data: { remoteRef: object }[] }).data);
}

const job = (deployed: Deployed) => deployed.ofKind('Job')[0] as KubernetesObject & { spec: object };

export const autoscalingJudges: Judges = {
  'autoscaling-metric-name-has-a-colon': {
    found: (trial) => {
      const found = trial.audit().filter(({ check }) => check === 'monitoring/metric-known');
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ severity: 'error' });
      expect(found[0]?.subject).toContain('ScaledObject/chat');
      expect(found[0]?.remedy.join()).toContain('vllm:num_requests_waiting');
    },
    own: async (trial) => {
      const unknown = unknownMetrics(await trial.one());
      expect(unknown.filter((metric) => !OF_THE_CLUSTER.test(metric))).toEqual([]);
    },
  },
};

export const gitopsJudges: Judges = {
  'gitops-external-secret-fields-by-operator-version': {
    three: async (trial) => {
      for (const { remoteRef } of await remoteRefs(trial))
        expect(remoteRef).toMatchObject({
          conversionStrategy: 'Default',
          decodingStrategy: 'None',
          metadataPolicy: 'None',
        });
    },
    explicit: async (trial) => {
      const [secret] = (await trial.one()).ofKind('ExternalSecret');
      const spec = secret?.spec as { refreshInterval: string; target: object };
      expect(spec.refreshInterval).toMatch(/^\d+h/);
      expect(spec.target).toMatchObject({ creationPolicy: 'Owner', deletionPolicy: 'Retain' });
    },
    strict: async (trial) => {
      const validate = customValidator('external-secrets.io/v1/ExternalSecret');
      const [secret] = (await trial.one()).ofKind('ExternalSecret');
      expect(validate?.(secret), JSON.stringify(validate?.errors)).toBe(true);
    },
  },
  'gitops-finished-job-vanishes': {
    stays: async (trial) => {
      const { spec, metadata } = job(await trial.one());
      const { annotations = {} } = metadata as { annotations?: Record<string, string> };
      const hook = annotations['argocd.argoproj.io/hook-delete-policy'] === 'BeforeHookCreation';
      expect('ttlSecondsAfterFinished' in spec && !hook).toBe(false);
    },
    stable: async (trial) => {
      const first = job(await trial.one());
      expect(job(await trial.one())).toEqual(first);
      const unrelated = job(await trial.one({ 'sizing.context': 4096, 'engine.maxNumSeqs': 7 }));
      expect({ name: unrelated.metadata.name, spec: unrelated.spec }).toEqual({
        name: first.metadata.name,
        spec: first.spec,
      });
    },
    complete: async (trial) => {
      const { command } = (await trial.one()).inspected.workloads.find(({ kind }) => kind === 'Job')?.pod
        .containers[0] ?? { command: [] };
      const script = command.at(-1) ?? '';
      // What the script does with complete, broken and partial folders is tried in tests/constructs/download-script.test.ts.
      const [asks, fetches] = [script.indexOf('if MARKER.is_file():'), script.indexOf('fetch(ignored)')];
      expect(asks).toBeGreaterThan(0);
      expect(fetches).toBeGreaterThan(asks);
    },
  },
};

export const gatewayJudges: Judges = {
  'gateway-pool-group-of-the-route': {
    old: () => {
      expect(JSON.stringify(findEnvironments())).not.toContain('inference.networking.x-k8s.io');
    },
    found: (trial) => {
      const [finding] = trial.audit().filter(({ check }) => check === 'pool/group');
      expect(finding).toMatchObject({ severity: 'error', subject: 'HTTPRoute/chat' });
    },
  },
};

export const storageJudges: Judges = {
  'storage-licensed-cache-follows-its-server': {
    follows: async (trial) => {
      const { ofKind } = await trial.one();
      const [cache, service] = [...ofKind('NIMCache'), ...ofKind('NIMService')].map(
        ({ spec }) => spec as { nodeSelector?: object; tolerations?: readonly object[] },
      );
      expect(cache?.nodeSelector).toBeDefined();
      expect(cache?.tolerations?.length).toBeGreaterThan(0);
      expect({ ...cache }).toMatchObject({
        nodeSelector: service?.nodeSelector,
        tolerations: service?.tolerations,
      });
    },
    shared: async (trial) => {
      const { ofKind } = await trial.one();
      expect(JSON.stringify(ofKind('NIMCache'))).toContain('"volumeAccessMode":"ReadWriteMany"');
      const storageClass = 'environments.production.cluster.storageClass';
      expect((await trial.deploy({ [storageClass]: undefined })).exitCode).toBe(1);
    },
  },
  'storage-repository-holds-the-weights-three-times': {
    excluded: async (trial) => {
      const text = jobText(await trial.one());
      expect(text).toContain('original/*');
      expect(text).toContain('metal/*');
    },
    volume: async (trial) => {
      const gib = claimGib(await trial.one());
      expect([gib >= 65, gib <= 100]).toEqual([true, true]);
    },
    little: async (trial) => {
      const gib = claimGib(await trial.one({ model: 'gpt-oss-20b' }));
      expect([gib >= 14, gib <= 25]).toEqual([true, true]);
    },
    needed: async (trial) => {
      const { args } = (await trial.one()).inspected.workloads.find(({ kind }) => kind === 'Job')?.pod
        .containers[0] ?? { args: [] };
      // What is always left out names copies only; consolidated files go where safetensors lie beside them.
      const always = args
        .slice(
          0,
          args.findIndex((word) => word.startsWith('--exclude-beside')),
        )
        .join('\n');
      expect(always).not.toMatch(/consolidated|\.safetensors|params\.json/);
      expect(args.join('\n')).toContain('consolidated*');
    },
  },
};

export const networkJudges: Judges = {
  'network-hub-hosts-for-the-download': {
    job: async (trial) => {
      const egress = egressOf(await trial.one(), 'Job');
      for (const host of HUB) expect(egress).toContain(host);
    },
    server: async (trial) => {
      const deployed = await trial.one();
      const egress = egressOf(deployed, 'Deployment');
      for (const host of HUB) expect(egress).not.toContain(host);
      const { servers, networkPolicies } = deployed.inspected;
      const own = networkPolicies.filter(({ workloads }) =>
        workloads.includes(servers[0]?.workload as Workload),
      );
      expect(own.some(({ isolatesEgress }) => isolatesEgress)).toBe(true);
      expect(own.flatMap(({ egress }) => egress)).toEqual([]);
    },
  },
  'network-mirror-does-not-carry-the-data': {
    job: async (trial) => {
      expect(jobEnv(await trial.one())).toMatchObject({
        HF_ENDPOINT: 'https://mirror.example.cn',
        HF_HUB_DISABLE_XET: '1',
      });
    },
    hosts: async (trial) => {
      const egress = egressOf(await trial.one(), 'Job');
      expect(egress).toContain('mirror.example.cn');
      expect(egress).not.toMatch(/hf\.co|huggingface\.co/);
    },
    alternative: async (trial) => {
      const { findings } = await trial.one();
      const found = findings.filter(({ check }) => check === 'weights/mirror-bodies');
      expect(found.flatMap(({ remedy }) => remedy).join('\n')).toContain('Qwen/Qwen3-32B');
    },
  },
};
