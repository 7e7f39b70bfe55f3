import { Testing } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { VllmServer } from '../../src/constructs/vllm-server.js';
import type { Manifest } from './objects.js';
import { built, only } from './objects.js';
import { nodeBound, planFixture, withoutCapabilities } from './plan-fixture.js';

describe('the Deployment', () => {
  const deployment = built(planFixture(), 'Deployment');

  it('states no replicas under a scaler', () => {
    expect('replicas' in deployment.spec).toBe(false);
  });

  it('states its replicas where nothing scales it', () => {
    expect(built(planFixture(withoutCapabilities()), 'Deployment').spec.replicas).toBe(1);
  });

  it('gives a GPU back before it takes another', () => {
    expect(deployment.spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
    });
  });

  it('stops the old pod first where two cannot share the volume', () => {
    expect(built(planFixture(nodeBound()), 'Deployment').spec.strategy).toEqual({ type: 'Recreate' });
  });

  it('fails a rollout only after download and start-up had their time', () => {
    expect(deployment.spec.progressDeadlineSeconds).toBe(4800);
  });

  it('selects by name, instance and component, never by version', () => {
    expect(deployment.spec.selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'vllm',
      'app.kubernetes.io/instance': 'chat',
      'app.kubernetes.io/component': 'server',
    });
  });

  it('labels its pods with the version', () => {
    expect(deployment.spec.template.metadata.labels['app.kubernetes.io/version']).toBe('0.32.0');
  });
});

describe('the Service', () => {
  const service = built(planFixture(), 'Service');

  it('refers to the port by name', () => {
    expect(service.spec.ports).toEqual([{ name: 'http', port: 8000, targetPort: 'http', protocol: 'TCP' }]);
  });

  it('is reachable inside the cluster only', () => {
    expect(service.spec.type).toBe('ClusterIP');
  });

  it('selects the pods of the Deployment', () => {
    expect(service.spec.selector).toEqual(built(planFixture(), 'Deployment').spec.selector.matchLabels);
  });

  it('fails under the name vllm, which would set VLLM_PORT', () => {
    expect(() => built(planFixture({ name: 'vllm' }), 'Service')).toThrow('VLLM_PORT');
  });
});

describe('the PodDisruptionBudget', () => {
  const { spec } = built(planFixture(), 'PodDisruptionBudget');

  it('blocks no drain, not even of a single replica', () => {
    expect([spec.maxUnavailable, 'minAvailable' in spec]).toEqual([1, false]);
  });

  it('lets pods go that are not healthy', () => {
    expect(spec.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
  });
});

describe('VllmServer in a chart of somebody else', () => {
  it('needs nothing of a plan', () => {
    const chart = Testing.chart();
    const server = new VllmServer(chart, 'chat', {
      namespace: 'llm',
      name: 'chat',
      instance: 'demo',
      version: '0.32.0',
      image: 'registry.example/vllm:v0.32.0',
      args: ['/models/m'],
      apiKey: null,
      port: 8000,
      user: { uid: 2000, gid: 0, name: 'vllm', home: '/home/vllm' },
      serviceAccountName: 'default',
      acceleratorResource: 'amd.com/gpu',
      acceleratorCount: 2,
      nodeLabel: null,
      tolerationKeys: [],
      runtimeClass: null,
      cpus: 4,
      memoryGib: 32,
      sharedMemoryGib: 4,
      ephemeralStorageGib: 15,
      cacheGib: 10,
      startupBudgetSeconds: 600,
      startupPeriodSeconds: 10,
      preStopSeconds: 15,
      terminationGraceSeconds: 345,
      progressDeadlineSeconds: 4800,
      claimName: 'weights',
      mountPath: '/models',
      folder: 'm',
      weightsDeadlineSeconds: 3600,
      replicas: 3,
    });
    const deployment: Manifest = only(chart.toJson(), 'Deployment', 'chat');
    expect(deployment.spec.replicas).toBe(3);
    expect(deployment.spec.template.spec.containers[0].resources.limits['amd.com/gpu']).toBe(2);
    expect(server.podLabels).toEqual(deployment.spec.selector.matchLabels);
  });
});
