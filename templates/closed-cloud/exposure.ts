import type { Construct } from 'constructs';
import { gatewayIdentity } from '../../src/constructs/gateway.js';
import { GatewayExposure } from '../../src/constructs/gateway-exposure.js';
import { IngressExposure } from '../../src/constructs/ingress-exposure.js';
import type { GatewayPlan } from '../../src/plan/gateway/gateway-plan.js';
import type { Plan } from '../../src/plan/plan.js';

/** The way in from outside the namespace, where the plan has one. */
export function buildExposure(
  chart: Construct,
  { exposure, namespace, name }: Plan,
  gateway: GatewayPlan,
): void {
  if (exposure === null) return;
  const common = {
    namespace,
    name: gateway.name,
    identity: gatewayIdentity(name, gateway.name),
    host: exposure.host,
    paths: exposure.paths,
    serviceName: gateway.name,
    timeoutSeconds: exposure.timeoutSeconds,
    tlsSecretName: exposure.tls?.secretName ?? null,
    issuer: exposure.tls?.issuer ?? null,
  };
  const id = `${gateway.name}-exposure`;
  if (exposure.gateway !== null)
    new GatewayExposure(chart, id, { ...common, servicePort: gateway.port, gateway: exposure.gateway });
  else if (exposure.ingress !== null)
    new IngressExposure(chart, id, { ...common, className: exposure.ingress.className });
  else throw new Error(`exposure by ${exposure.via} without a gateway or an ingress class`);
}
