import type { Construct } from 'constructs';
import { Autoscaler } from '../../src/constructs/autoscaler.js';
import { ComputeClass } from '../../src/constructs/compute-class.js';
import { Dashboards } from '../../src/constructs/dashboards.js';
import { DefaultDeny } from '../../src/constructs/default-deny.js';
import { Exposure } from '../../src/constructs/exposure.js';
import { Monitoring } from '../../src/constructs/monitoring.js';
import { Namespace } from '../../src/constructs/namespace.js';
import { NodePool } from '../../src/constructs/node-pool.js';
import { SecretsFromStore } from '../../src/constructs/secrets-from-store.js';
import { ServiceAccounts } from '../../src/constructs/service-accounts.js';
import { serverIdentity } from '../../src/constructs/vllm-server.js';
import { totalRunning, totalWaiting } from '../../src/monitoring/queries.js';
import type { Plan, ServerPlan } from '../../src/plan/plan.js';
import type { PoolPlan } from '../../src/plan/platform-plan.js';
import { storedValues } from '../../src/plan/secrets.js';
import { buildNetwork } from './network.js';
import { buildServer } from './server.js';

/** Turns the plan of one environment into objects. Decides nothing. */
export function build(chart: Construct, plan: Plan): void {
  const { namespace, name: instance } = plan;
  const platform = plan.servers[0]?.platform;
  new Namespace(chart, 'namespace', {
    name: namespace,
    instance,
    kubernetes: plan.kubernetes,
    ...(platform && { labels: platform.namespaceLabels }),
  });
  new ServiceAccounts(chart, 'service-accounts', {
    namespace,
    instance,
    names: plan.servers.flatMap(({ name, weights }) => [name, weights.volumeName]),
    ...(platform && { annotations: platform.serviceAccountAnnotations }),
  });
  new DefaultDeny(chart, 'default-deny', { namespace, instance });
  new SecretsFromStore(chart, 'secrets', { namespace, instance, values: storedValues(plan.secrets) });
  for (const server of plan.servers) {
    buildServer(chart, plan, server);
    if (server.pool !== null) buildPool(chart, server, server.pool, instance);
    buildNetwork(chart, plan, server);
    buildAutoscaler(chart, plan, server);
    buildMonitoring(chart, plan, server);
    if (plan.exposure !== null)
      new Exposure(chart, `${server.name}-exposure`, {
        namespace,
        name: server.name,
        identity: serverIdentity(instance, server.name),
        port: server.port,
        exposure: plan.exposure,
        loadBalancer: server.platform.loadBalancer,
      });
  }
}

function buildAutoscaler(chart: Construct, plan: Plan, server: ServerPlan): void {
  const { scaling, name, replicas } = server;
  if (scaling === null) return;
  const target = seriesOf(plan, server);
  new Autoscaler(chart, `${name}-autoscaler`, {
    ...scaling,
    namespace: plan.namespace,
    name,
    identity: serverIdentity(plan.name, name),
    minReplicas: replicas.min,
    maxReplicas: replicas.max,
    signals: [
      { name: 'waiting', query: totalWaiting(target), threshold: scaling.waitingThreshold },
      { name: 'running', query: totalRunning(target), threshold: scaling.runningThreshold },
    ],
  });
}

function buildMonitoring(chart: Construct, plan: Plan, server: ServerPlan): void {
  const { monitoring, name, scaling, concurrency, sizing } = server;
  if (monitoring === null) return;
  const { dashboard, serviceLevels } = monitoring;
  const watched = {
    ...seriesOf(plan, server),
    ...serviceLevels,
    name,
    deployment: name,
    container: 'server',
    identity: serverIdentity(plan.name, name),
    waitingPerReplica: scaling?.waitingThreshold ?? concurrency.target,
    maxNumSeqs: sizing.settings.maxNumSeqs,
  };
  new Monitoring(chart, `${name}-monitoring`, {
    ...watched,
    extraLabels: monitoring.labels,
    scrapeIntervalSeconds: monitoring.scrapeIntervalSeconds,
  });
  if (dashboard === null) return;
  new Dashboards(chart, `${name}-dashboard`, {
    ...watched,
    title: `${server.model.name}: ${plan.name} ${plan.environment}`,
    acceleratorResource: server.accelerator.resource,
    isAutoscaled: scaling !== null,
    ...(dashboard.namespace !== null && { grafanaNamespace: dashboard.namespace }),
    ...(dashboard.folder !== null && { folder: dashboard.folder }),
  });
}

/** The series of the server: the engine labels them with the first served name. */
function seriesOf(plan: Plan, { engine, servedModelNames }: ServerPlan) {
  const [modelName] = servedModelNames;
  if (modelName === undefined) throw new Error('a server must serve its model under at least one name');
  return { engineVersion: engine.table, namespace: plan.namespace, modelName };
}

function buildPool(
  chart: Construct,
  { name: component }: ServerPlan,
  pool: PoolPlan,
  instance: string,
): void {
  const id = `${component}-pool`;
  if (pool.object === 'NodePool') new NodePool(chart, id, { ...pool, instance, component });
  else new ComputeClass(chart, id, { ...pool, instance, component });
}
