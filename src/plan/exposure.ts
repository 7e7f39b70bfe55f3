import { DEFAULT_EXPOSE_TIMEOUT_SECONDS } from '../selection/defaults.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import { exposureMissing } from './omitted.js';
import type { ExposurePlan } from './plan.js';

/** Routes of the OpenAI API by task. Everything else the engine serves stays unreachable from outside. */
const PATHS = {
  chat: ['/v1/chat/completions', '/v1/completions', '/v1/responses', '/v1/models'],
  embedding: ['/v1/embeddings', '/v1/models'],
  rerank: ['/v1/rerank', '/v1/score', '/v1/models'],
} as const;

/** How clients reach the endpoint from outside the namespace; null where they do not. */
export function exposurePlan(resolved: ResolvedSelection): ExposurePlan | null {
  const { expose, cluster, model } = resolved;
  const mode = expose.mode ?? 'none';
  if (mode === 'none' || expose.host === undefined || exposureMissing(resolved) !== '') return null;
  const via = expose.via ?? (cluster.capabilities?.includes('gateway-api') ? 'gateway-api' : 'ingress');
  const gateway = cluster.gateway;
  const tls = expose.tls;
  const task = model?.task === 'embedding' || model?.task === 'rerank' ? model.task : 'chat';
  return {
    mode,
    via,
    host: expose.host,
    paths: expose.paths ?? PATHS[task],
    timeoutSeconds: expose.timeoutSeconds ?? DEFAULT_EXPOSE_TIMEOUT_SECONDS,
    tls: tls
      ? {
          secretName: tls.secretName ?? 'server-tls',
          // Without cert-manager the Secret is the user's to make; see `omissions`.
          issuer:
            tls.issuer && cluster.capabilities?.includes('cert-manager')
              ? { name: tls.issuer, kind: tls.issuerKind ?? 'ClusterIssuer' }
              : null,
        }
      : null,
    gateway:
      via !== 'gateway-api'
        ? null
        : gateway?.name !== undefined && gateway.namespace !== undefined
          ? { name: gateway.name, namespace: gateway.namespace }
          : gateway?.className !== undefined
            ? { className: gateway.className }
            : null,
    ingress:
      via === 'ingress' && cluster.ingress?.className !== undefined
        ? { className: cluster.ingress.className }
        : null,
  };
}
