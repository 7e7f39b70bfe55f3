import { App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { Dashboards, type DashboardsProps } from '../../src/constructs/dashboards.js';
import { serverIdentity } from '../../src/constructs/vllm-server.js';

const props: DashboardsProps = {
  engineVersion: '0.32.0',
  namespace: 'chat-production',
  modelName: 'qwen3-32b',
  name: 'server',
  deployment: 'server',
  container: 'server',
  identity: serverIdentity('chat', 'server'),
  waitingPerReplica: 16,
  maxNumSeqs: 64,
  ttftSeconds: 2,
  interTokenSeconds: 0.05,
  availability: 0.99,
  title: 'Qwen3 32B: chat production',
  acceleratorResource: 'nvidia.com/gpu',
  isAutoscaled: true,
};

function configMap(change: Partial<DashboardsProps> = {}) {
  const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
  new Dashboards(chart, 'dashboards', { ...props, ...change });
  const [object] = chart.toJson();
  return { ...object, dashboard: JSON.parse(Object.values<string>(object.data)[0] ?? '') };
}

describe('Dashboards', () => {
  it("lies beside the server, with the label that Grafana's sidecar looks for", () => {
    const { metadata } = configMap();
    expect(metadata).toMatchObject({ name: 'server-dashboard', namespace: 'chat-production' });
    expect(metadata.labels).toMatchObject({
      grafana_dashboard: '1',
      'app.kubernetes.io/managed-by': 'berth',
    });
    expect(metadata.annotations).toBeUndefined();
  });

  it('says whose it is where it lies among others, and in which folder it belongs', () => {
    const { metadata } = configMap({ grafanaNamespace: 'monitoring', folder: 'Language models' });
    expect(metadata).toMatchObject({ name: 'chat-production-server-dashboard', namespace: 'monitoring' });
    expect(metadata.annotations).toEqual({ grafana_folder: 'Language models' });
  });

  it('has a file name and a uid of its own, which a new title does not change', () => {
    const [one, other] = [configMap(), configMap({ namespace: 'chat-staging' })];
    expect(Object.keys(one.data)).toEqual(['chat-production-server.json']);
    expect(Object.keys(other.data)).toEqual(['chat-staging-server.json']);
    expect(other.dashboard.uid).not.toBe(one.dashboard.uid);
    expect(configMap({ title: 'else' }).dashboard.uid).toBe(one.dashboard.uid);
  });

  it('writes no variable that Flux would put a value for', () => {
    expect(JSON.stringify(configMap().data)).not.toMatch(/\$\{/);
  });
});
