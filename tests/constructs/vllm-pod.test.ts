import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.js';
import type { Manifest } from './objects.js';
import { built } from './objects.js';
import { eightGpus, planFixture, singleGpu, withKeys } from './plan-fixture.js';

const templateOf = (plan: Plan): Manifest => built(plan, 'Deployment').spec.template;
const podOf = (plan: Plan): Manifest => templateOf(plan).spec;
const containerOf = (plan: Plan): Manifest => podOf(plan).containers[0];
const envOf = (plan: Plan): Record<string, unknown> =>
  Object.fromEntries(
    containerOf(plan).env.map((variable: Manifest) => [variable.name, variable.value ?? variable]),
  );

describe('the server container', () => {
  it("leaves the image's entry point alone and gives the arguments, the model first", () => {
    const container = containerOf(planFixture());
    expect('command' in container).toBe(false);
    expect(container.args[0]).toBe('/models/qwen3-32b-fp8-01234567');
  });

  it('names the digest where the lock file knows it', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const plan = planFixture({ image: { repository: 'vllm/vllm-openai', tag: 'v0.32.0', digest } });
    expect(containerOf(plan).image).toBe(`vllm/vllm-openai:v0.32.0@${digest}`);
  });

  it.each([
    { gpus: 1, plan: planFixture() },
    { gpus: 8, plan: planFixture(eightGpus()) },
  ])('asks the scheduler for all $gpus GPUs, in limits and requests', ({ gpus, plan }) => {
    const { requests, limits } = containerOf(plan).resources;
    expect([requests['nvidia.com/gpu'], limits['nvidia.com/gpu']]).toEqual([gpus, gpus]);
  });

  it('limits memory to what it requests, shared memory included', () => {
    const { requests, limits } = containerOf(planFixture(eightGpus())).resources;
    expect([requests.memory, limits.memory]).toEqual(['116Gi', '116Gi']);
  });

  it('requests processors and does not limit them', () => {
    const { requests, limits } = containerOf(planFixture()).resources;
    expect([requests.cpu, 'cpu' in limits]).toEqual(['6', false]);
  });

  it('limits what it writes to its node', () => {
    const { requests, limits } = containerOf(planFixture()).resources;
    expect([requests['ephemeral-storage'], limits['ephemeral-storage']]).toEqual(['15Gi', '15Gi']);
  });

  it.each([
    'HOME',
    'USER',
    'LOGNAME',
    'HF_HOME',
    'VLLM_CACHE_ROOT',
    'TRITON_CACHE_DIR',
    'TORCHINDUCTOR_CACHE_DIR',
  ])('sets %s, for its user has no entry in /etc/passwd', (name) => {
    expect(envOf(planFixture())).toHaveProperty(name);
  });

  it('is offline and sends no statistics', () => {
    expect(envOf(planFixture())).toMatchObject({
      HF_HUB_OFFLINE: '1',
      TRANSFORMERS_OFFLINE: '1',
      VLLM_NO_USAGE_STATS: '1',
      DO_NOT_TRACK: '1',
    });
  });

  it("takes over the plan's own variables", () => {
    expect(envOf(planFixture()).VLLM_ENGINE_READY_TIMEOUT_S).toBe('900');
  });

  it.each([
    'CUDA_VISIBLE_DEVICES',
    'LD_LIBRARY_PATH',
    'VLLM_PORT',
    'VLLM_SERVER_DEV_MODE',
    'NVIDIA_VISIBLE_DEVICES',
  ])('never sets %s', (name) => {
    expect(envOf(planFixture({ ...eightGpus(), ...withKeys() }))).not.toHaveProperty(name);
  });

  it('reads the client key from one key of one Secret', () => {
    expect(envOf(planFixture(withKeys())).VLLM_API_KEY).toEqual({
      name: 'VLLM_API_KEY',
      valueFrom: { secretKeyRef: { name: 'client-keys', key: 'key' } },
    });
    expect('envFrom' in containerOf(planFixture(withKeys()))).toBe(false);
  });

  it('writes caches to volumes of the pod: a shared compile cache breaks', () => {
    const { volumes } = podOf(planFixture());
    expect(volumes).toContainEqual({ name: 'home', emptyDir: { sizeLimit: '10Gi' } });
    expect(volumes).toContainEqual({ name: 'tmp', emptyDir: { sizeLimit: '2Gi' } });
  });

  it('gives its volumes less than its limit, and leaves room for the log', () => {
    const disk = podOf(planFixture()).volumes.filter(
      ({ emptyDir }: Manifest) => emptyDir && !emptyDir.medium,
    );
    const gib = disk.map(({ emptyDir }: Manifest) => Number.parseInt(emptyDir.sizeLimit, 10));
    const limit = Number.parseInt(containerOf(planFixture()).resources.limits['ephemeral-storage'], 10);
    expect(gib.reduce((sum: number, size: number) => sum + size, 0)).toBeLessThan(limit);
  });

  it('mounts the weights read-only', () => {
    expect(podOf(planFixture()).volumes[0]).toEqual({
      name: 'weights',
      persistentVolumeClaim: { claimName: 'weights', readOnly: true },
    });
    expect(containerOf(planFixture()).volumeMounts[0]).toEqual({
      name: 'weights',
      mountPath: '/models',
      readOnly: true,
    });
  });

  it('has shared memory of a fixed size where several processes exchange tensors', () => {
    const plan = planFixture(eightGpus());
    expect(podOf(plan).volumes).toContainEqual({
      name: 'shm',
      emptyDir: { medium: 'Memory', sizeLimit: '16Gi' },
    });
    expect(containerOf(plan).volumeMounts).toContainEqual({ name: 'shm', mountPath: '/dev/shm' });
  });

  it('has no shared memory volume where one process needs none', () => {
    expect(podOf(planFixture()).volumes.map(({ name }: Manifest) => name)).not.toContain('shm');
  });
});

describe('the probes', () => {
  const { startupProbe, readinessProbe, livenessProbe } = containerOf(planFixture());

  it('give the start-up its whole budget', () => {
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(900);
  });

  it('ask /health by the name of the port', () => {
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      expect(probe.httpGet).toEqual({ path: '/health', port: 'http', scheme: 'HTTP' });
    }
  });

  it('wait for an answer longer than a busy server takes', () => {
    expect(readinessProbe.timeoutSeconds).toBeGreaterThanOrEqual(5);
    expect(livenessProbe.timeoutSeconds).toBeGreaterThanOrEqual(10);
  });

  it('take a server out of rotation long before they restart it', () => {
    expect(readinessProbe.periodSeconds * readinessProbe.failureThreshold).toBe(10);
    expect(livenessProbe.periodSeconds * livenessProbe.failureThreshold).toBe(100);
  });
});

describe('the pod', () => {
  it('accepts every listed value of the node label', () => {
    const [term] = podOf(planFixture()).affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution
      .nodeSelectorTerms;
    expect(term.matchExpressions).toEqual([
      {
        key: 'nvidia.com/gpu.product',
        operator: 'In',
        values: ['NVIDIA-H100-80GB-HBM3', 'NVIDIA-H100-80GB-HBM3-SHARED'],
      },
    ]);
  });

  it('goes to any node with the resource where no label is known', () => {
    const { accelerator } = singleGpu();
    expect('affinity' in podOf(planFixture({ accelerator: { ...accelerator, nodeLabel: null } }))).toBe(
      false,
    );
  });

  it('tolerates the taints of GPU nodes', () => {
    expect(podOf(planFixture()).tolerations).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ]);
  });

  it('takes the runtime class of the cluster, where one is named', () => {
    const { accelerator } = singleGpu();
    expect('runtimeClassName' in podOf(planFixture())).toBe(false);
    expect(
      podOf(planFixture({ accelerator: { ...accelerator, runtimeClass: 'nvidia' } })).runtimeClassName,
    ).toBe('nvidia');
  });

  it('spreads over nodes where it can, and starts where it cannot', () => {
    expect(podOf(planFixture()).topologySpreadConstraints[0]).toMatchObject({
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
    });
  });

  it('outlives its drain: grace > pre-stop + shutdown timeout', () => {
    const pod = podOf(planFixture());
    expect(pod.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(
      15 + singleGpu().lifecycle.shutdownTimeoutSeconds,
    );
  });

  it('gets no environment from Services', () => {
    expect(podOf(planFixture()).enableServiceLinks).toBe(false);
  });

  it('is not moved by Karpenter while it works', () => {
    expect(templateOf(planFixture()).metadata.annotations['karpenter.sh/do-not-disrupt']).toBe('true');
  });

  it('says why its root filesystem is writable', () => {
    expect(containerOf(planFixture()).securityContext.readOnlyRootFilesystem).toBe(false);
    expect(templateOf(planFixture()).metadata.annotations['berth.dev/read-only-root-filesystem']).toContain(
      'nvidia-cdi-hook',
    );
  });
});

describe('the wait for the weights', () => {
  const [wait] = podOf(planFixture()).initContainers;

  it("looks for the marker of exactly the server's folder, as long as the download may take", () => {
    expect(wait.args).toEqual([containerOf(planFixture()).args[0], '3600']);
  });

  it('mounts the weights read-only', () => {
    expect(wait.volumeMounts).toEqual([{ name: 'weights', mountPath: '/models', readOnly: true }]);
  });

  it('holds no GPU of its own', () => {
    expect(wait.resources.limits).not.toHaveProperty('nvidia.com/gpu');
    expect(wait.env).toEqual([{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }]);
  });
});
