import type { Construct } from 'constructs';
import { GatewayExposure } from '../../src/constructs/gateway-exposure.js';
import { IngressExposure } from '../../src/constructs/ingress-exposure.js';
import { serverIdentity } from '../../src/constructs/vllm-server.js';
import type { Plan, ServerPlan } from '../../src/plan/plan.js';

/** The way in from outside the namespace, where the plan has one. */
export function buildExposure(chart: Construct, plan: Plan, server: ServerPlan): void {
  const { exposure, namespace } = plan;
  if (exposure === null) return;
  const common = {
    namespace,
    name: server.name,
    identity: serverIdentity(plan.name, server.name),
    host: exposure.host,
    paths: exposure.paths,
    serviceName: server.name,
    timeoutSeconds: exposure.timeoutSeconds,
    tlsSecretName: exposure.tls?.secretName ?? null,
    issuer: exposure.tls?.issuer ?? null,
  };
  if (exposure.gateway !== null) {
    new GatewayExposure(chart, `${server.name}-exposure`, {
      ...common,
      servicePort: server.port,
      gateway: exposure.gateway,
      loadBalancer: server.platform.loadBalancer,
    });
  } else if (exposure.ingress !== null) {
    new IngressExposure(chart, `${server.name}-exposure`, {
      ...common,
      className: exposure.ingress.className,
    });
  } else {
    throw new Error(`exposure by ${exposure.via} without a gateway or an ingress class`);
  }
}
