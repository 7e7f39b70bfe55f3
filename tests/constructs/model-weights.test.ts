import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.js';
import type { Manifest } from './objects.js';
import { built } from './objects.js';
import { gated, mirrored, nodeBound, planFixture, singleGpu } from './plan-fixture.js';

const claimOf = (plan: Plan) => built(plan, 'PersistentVolumeClaim');
const jobOf = (plan: Plan) => built(plan, 'Job');
const podOf = (job: Manifest) => job.spec.template.spec;
const containerOf = (job: Manifest) => podOf(job).containers[0];
const envOf = (job: Manifest) =>
  Object.fromEntries(
    containerOf(job).env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );

describe('the volume of the weights', () => {
  it('is shared by all nodes where a shared class exists', () => {
    const { spec } = claimOf(planFixture());
    expect([spec.accessModes, spec.storageClassName]).toEqual([['ReadWriteMany'], 'cephfs']);
  });

  it('is bound to one node where none exists', () => {
    const { spec } = claimOf(planFixture(nodeBound()));
    expect([spec.accessModes, spec.storageClassName]).toEqual([['ReadWriteOnce'], 'local-nvme']);
  });

  it('leaves the class to the cluster where the plan names none', () => {
    const { weights } = singleGpu();
    const claim = claimOf(planFixture({ ...nodeBound(), weights: { ...weights, storageClass: null } }));
    expect('storageClassName' in claim.spec).toBe(false);
  });

  it('has the planned size', () => {
    expect(claimOf(planFixture()).spec.resources.requests.storage).toBe('50Gi');
  });

  it('is not pruned by Argo CD or Flux', () => {
    expect(claimOf(planFixture()).metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  });

  it('keeps its name when model and revision change', () => {
    const { weights, model } = singleGpu();
    const other = planFixture({
      model: { ...model, repository: 'Qwen/Qwen3-8B' },
      weights: { ...weights, folder: 'qwen3-8b-bf16-89abcdef', revisionSuffix: '89abcdef' },
    });
    expect(claimOf(other).metadata.name).toBe(claimOf(planFixture()).metadata.name);
  });
});

describe('the download Job', () => {
  it('ends its name in a hash of its own spec and the revision', () => {
    expect(jobOf(planFixture()).metadata.name).toMatch(/^weights-[0-9a-f]{8}-01234567$/);
  });

  it('ends its name in the hash alone where the revision is unknown', () => {
    const { weights, model } = singleGpu();
    const plan = planFixture({
      model: { ...model, revision: null },
      weights: { ...weights, revisionSuffix: null },
    });
    const job = jobOf(plan);
    expect(job.metadata.name).toMatch(/^weights-[0-9a-f]{8}$/);
    expect(containerOf(job).args.join(' ')).not.toContain('--revision');
  });

  it('stays the same, name and spec, through changes that are not its own', () => {
    const changed = planFixture({
      replicas: { min: 2, max: 3 },
      concurrency: { target: 8, admitted: 32 },
      scaling: null,
    });
    expect(jobOf(changed)).toEqual(jobOf(planFixture()));
  });

  it('is another Job when its template changes', () => {
    const changed = planFixture({ image: { repository: 'vllm/vllm-openai', tag: 'v0.33.0', digest: null } });
    expect(jobOf(changed).metadata.name).not.toBe(jobOf(planFixture()).metadata.name);
  });

  it('is not deleted after it finished, for a GitOps controller would make it again', () => {
    expect('ttlSecondsAfterFinished' in jobOf(planFixture()).spec).toBe(false);
  });

  it('ends at its deadline, and at once for what no retry cures', () => {
    const { spec } = jobOf(planFixture());
    expect(spec.activeDeadlineSeconds).toBe(3600);
    expect(spec.podFailurePolicy.rules).toContainEqual({
      action: 'FailJob',
      onExitCodes: { containerName: 'download', operator: 'In', values: [64] },
    });
  });

  it('does not count a drained node as a failure', () => {
    expect(jobOf(planFixture()).spec.podFailurePolicy.rules[0]).toMatchObject({ action: 'Ignore' });
  });

  it("runs the engine's own image", () => {
    expect(containerOf(jobOf(planFixture())).image).toBe('vllm/vllm-openai:v0.32.0');
  });

  it('asks for the exact revision and leaves out what the engine does not read', () => {
    expect(containerOf(jobOf(planFixture())).args).toEqual([
      '--hub=huggingface',
      '--repository=Qwen/Qwen3-32B-FP8',
      '--revision=0123456789abcdef0123456789abcdef01234567',
      '--folder=/models/qwen3-32b-fp8-01234567',
      '--exclude',
      'original/*',
      '--exclude-beside-safetensors',
      '*.bin',
      'consolidated*',
    ]);
  });

  it('tells the hub nothing about its user', () => {
    expect(envOf(jobOf(planFixture()))).toMatchObject({ HF_HUB_DISABLE_TELEMETRY: '1', DO_NOT_TRACK: '1' });
  });

  it("switches the chunk store off behind a mirror: its address is not the mirror's", () => {
    expect(envOf(jobOf(planFixture(mirrored('https://mirror.example.cn'))))).toMatchObject({
      HF_ENDPOINT: 'https://mirror.example.cn',
      HF_HUB_DISABLE_XET: '1',
    });
  });

  it('uses the chunk store of the hub itself', () => {
    expect(envOf(jobOf(planFixture()))).not.toHaveProperty('HF_HUB_DISABLE_XET');
  });

  it('asks ModelScope where the model comes from there', () => {
    const { model } = singleGpu();
    const job = jobOf(
      planFixture({ model: { ...model, source: 'modelscope', repository: 'Qwen/Qwen3-32B' } }),
    );
    expect(containerOf(job).args.slice(0, 2)).toEqual(['--hub=modelscope', '--repository=Qwen/Qwen3-32B']);
  });

  it('has no token where the repository is open', () => {
    const job = jobOf(planFixture());
    expect(podOf(job).volumes.filter((volume: Manifest) => volume.secret)).toEqual([]);
    expect(envOf(job)).not.toHaveProperty('HF_TOKEN_PATH');
  });

  it('reads its token from a file that only its own user and group can read', () => {
    const job = jobOf(planFixture(gated()));
    expect(envOf(job).HF_TOKEN_PATH).toBe('/var/run/secrets/berth/hub-token/token');
    expect(podOf(job).volumes).toContainEqual({
      name: 'token',
      secret: { secretName: 'hub-token', defaultMode: 0o440, items: [{ key: 'token', path: 'token' }] },
    });
  });

  it('is the only pod that may write to the volume', () => {
    const mount = containerOf(jobOf(planFixture())).volumeMounts.find(
      ({ name }: Manifest) => name === 'weights',
    );
    expect(mount).toEqual({ name: 'weights', mountPath: '/models' });
  });

  it('may run on the GPU nodes, and sees none of their GPUs', () => {
    const job = jobOf(planFixture());
    expect(podOf(job).tolerations).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ]);
    expect(envOf(job).NVIDIA_VISIBLE_DEVICES).toBe('void');
    expect(containerOf(job).resources.limits).not.toHaveProperty('nvidia.com/gpu');
  });

  it('follows the server to its node where the volume is bound to one', () => {
    const plan = planFixture(nodeBound());
    const [term] = podOf(jobOf(plan)).affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    expect(term.topologyKey).toBe('kubernetes.io/hostname');
    expect(term.labelSelector).toEqual(built(plan, 'Deployment').spec.selector);
  });

  it('goes to any node where the volume is shared', () => {
    expect('affinity' in podOf(jobOf(planFixture()))).toBe(false);
  });

  it('says how much of the node it may fill', () => {
    const { requests, limits } = containerOf(jobOf(planFixture())).resources;
    expect([requests['ephemeral-storage'], limits['ephemeral-storage']]).toEqual(['2Gi', '4Gi']);
  });

  it('keeps failed pods for their log', () => {
    expect(podOf(jobOf(planFixture())).restartPolicy).toBe('Never');
  });

  it('holds no shell substitution that the kubelet would expand', () => {
    expect(containerOf(jobOf(planFixture())).command[2]).not.toContain('$(');
  });
});
