import { describe, expect, it } from 'vitest';
import type { Manifest } from './objects.js';
import { built, objectsOf } from './objects.js';
import { planFixture, singleGpu, withoutCapabilities } from './plan-fixture.js';

describe('the ScaledObject', () => {
  const { spec } = built(planFixture(), 'ScaledObject');
  const { scaleUp, scaleDown } = spec.advanced.horizontalPodAutoscalerConfig.behavior;

  it('scales the Deployment between the planned replicas', () => {
    expect(spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'server' });
    expect([spec.minReplicaCount, spec.maxReplicaCount]).toEqual([1, 4]);
  });

  it('divides sums over all replicas by the replicas', () => {
    for (const trigger of spec.triggers) {
      expect(trigger.metricType).toBe('AverageValue');
      expect(trigger.metadata.query).toMatch(/^sum\(.*namespace="chat-production",model_name="qwen3-32b"/);
    }
  });

  it('counts requests that wait for room, and those that run', () => {
    expect(spec.triggers.map(({ metadata }: Manifest) => metadata.query)).toEqual([
      'sum(vllm:num_requests_waiting_by_reason{namespace="chat-production",model_name="qwen3-32b",reason="capacity"})',
      'sum(vllm:num_requests_running{namespace="chat-production",model_name="qwen3-32b"})',
    ]);
  });

  it('counts all waiting requests where the engine does not say why they wait', () => {
    const engine = { name: 'vllm', version: '0.19.1', table: '0.19.1' };
    const [waiting] = built(planFixture({ engine }), 'ScaledObject').spec.triggers;
    expect(waiting.metadata.query).toContain('vllm:num_requests_waiting{');
  });

  it('has thresholds per replica, as strings', () => {
    expect(spec.triggers.map(({ metadata }: Manifest) => metadata.threshold)).toEqual(['16', '51']);
  });

  it('takes a gap in the metrics for a failure, not for an empty queue', () => {
    for (const trigger of spec.triggers) expect(trigger.metadata.ignoreNullValues).toBe('false');
  });

  it('keeps what is there while Prometheus is silent', () => {
    expect(spec.fallback).toEqual({ failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher' });
  });

  it('adds one replica per cold start', () => {
    expect(scaleUp.policies).toEqual([{ type: 'Pods', value: 1, periodSeconds: 180 }]);
    expect(scaleUp.stabilizationWindowSeconds).toBe(60);
  });

  it('writes the delay before scaling down where it works: not into the cool-down', () => {
    expect(scaleDown.stabilizationWindowSeconds).toBe(900);
    expect(spec.cooldownPeriod).toBe(300);
  });

  it('is the only scaler', () => {
    const scalers = objectsOf(planFixture()).filter(({ kind }) => /Scale|Autoscaler/.test(kind));
    expect(scalers).toHaveLength(1);
  });

  it('is left out where the plan scales nothing', () => {
    const kinds = objectsOf(planFixture(withoutCapabilities())).map(({ kind }) => kind);
    expect(kinds).not.toContain('ScaledObject');
  });

  it('fails where the server serves its model under no name', () => {
    expect(() => objectsOf(planFixture({ ...singleGpu(), servedModelNames: [] }))).toThrow(
      'at least one name',
    );
  });
});
