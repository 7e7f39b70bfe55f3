import type { Capability } from '../selection/cluster.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import type { Plan } from './plan.js';

type Omission = Plan['omitted'][number];

/** What was wished for and the cluster cannot hold: left out of the manifests, and what stands in its place. */
export function omissions(resolved: ResolvedSelection): Omission[] {
  const { cluster, expose, serving } = resolved;
  const replicas = serving?.sizing.replicas ?? { min: 1, max: 1 };
  const weights = serving?.weights ?? {};
  const has = (capability: Capability) => cluster.capabilities?.includes(capability) ?? false;
  const list: (Omission | false)[] = [
    replicas.max > replicas.min &&
      !(has('keda') && cluster.prometheus?.address !== undefined) && {
        what: 'autoscaling (ScaledObject)',
        because: has('keda') ? 'cluster.prometheus.address is not set' : 'cluster.capabilities lacks keda',
        instead: `${replicas.min} replica(s), fixed; scale by hand up to ${replicas.max}`,
      },
    !has('prometheus-operator') && {
      what: 'monitoring (PodMonitor, PrometheusRule)',
      because: 'cluster.capabilities lacks prometheus-operator',
      instead: 'scrape port http of the server pods at /metrics yourself; no alert is installed',
    },
    !(has('grafana') && has('prometheus-operator')) && {
      what: 'dashboard (ConfigMap)',
      because: `cluster.capabilities lacks ${has('grafana') ? 'prometheus-operator' : 'grafana'}`,
      instead: 'no chart is installed; the metrics are there for your own',
    },
    usesStore(resolved) &&
      !has('external-secrets') && {
        what: 'ExternalSecret',
        because: 'cluster.capabilities lacks external-secrets',
        instead: 'create the Secrets of "Before you apply" yourself',
      },
    (expose.mode ?? 'none') !== 'none' &&
      !exposureReady(resolved) && {
        what: `exposure of ${expose.host ?? 'the endpoint'}`,
        because: exposureMissing(resolved),
        instead: 'reach it by port-forward or from pods of the namespace',
      },
    expose.tls?.issuer !== undefined &&
      exposureReady(resolved) &&
      !has('cert-manager') && {
        what: 'Certificate',
        because: 'cluster.capabilities lacks cert-manager',
        instead: `create the TLS Secret ${expose.tls.secretName ?? 'server-tls'} yourself`,
      },
    !has('network-policy') && {
      what: 'enforcement of the NetworkPolicies',
      because: 'cluster.capabilities lacks network-policy',
      instead: 'they are emitted, but nothing proves that this cluster obeys them',
    },
    weights.source === 'mirror' &&
      weights.endpoint === undefined && {
        what: 'the mirror',
        because: 'weights.endpoint is not set',
        instead: 'the weights come from huggingface.co',
      },
  ];
  return list.filter((entry) => entry !== false);
}

function usesStore({ expose, serving }: ResolvedSelection): boolean {
  return [expose.clientKeys, serving?.weights.token].some(
    (secret) => secret !== undefined && 'store' in secret.secretRef,
  );
}

function exposureReady(resolved: ResolvedSelection): boolean {
  return exposureMissing(resolved) === '';
}

/** The first reason why the wished exposure cannot be emitted; empty where it can. */
export function exposureMissing({ cluster, expose }: ResolvedSelection): string {
  const has = (capability: Capability) => cluster.capabilities?.includes(capability) ?? false;
  const via = expose.via ?? (has('gateway-api') ? 'gateway-api' : 'ingress');
  if (expose.host === undefined) return 'expose.host is not set';
  if (!has(via)) return `cluster.capabilities lacks ${via}`;
  if (via === 'ingress')
    return cluster.ingress?.className === undefined ? 'cluster.ingress.className is not set' : '';
  const gateway = cluster.gateway;
  const known =
    gateway?.className !== undefined || (gateway?.name !== undefined && gateway.namespace !== undefined);
  return known ? '' : 'cluster.gateway has neither className nor name and namespace';
}
