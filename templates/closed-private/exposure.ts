import type { Construct } from 'constructs';
import { GatewayExposure } from '../../src/constructs/gateway-exposure.js';
import { IngressExposure } from '../../src/constructs/ingress-exposure.js';
import type { Identity } from '../../src/kubernetes/labels.js';
import type { LicensedPlan } from '../../src/plan/licensed-plan.js';
import type { ExposurePlan, Plan } from '../../src/plan/plan.js';

/** The way in from outside the namespace. */
export function buildExposure(
  chart: Construct,
  { namespace }: Plan,
  exposure: ExposurePlan,
  { name, port, platform }: LicensedPlan,
  identity: Identity,
): void {
  const common = {
    namespace,
    name,
    identity,
    host: exposure.host,
    paths: exposure.paths,
    serviceName: name,
    timeoutSeconds: exposure.timeoutSeconds,
    tlsSecretName: exposure.tls?.secretName ?? null,
    issuer: exposure.tls?.issuer ?? null,
  };
  const id = `${name}-exposure`;
  if (exposure.gateway !== null)
    new GatewayExposure(chart, id, {
      ...common,
      servicePort: port,
      gateway: exposure.gateway,
      loadBalancer: platform.loadBalancer,
    });
  else if (exposure.ingress !== null)
    new IngressExposure(chart, id, { ...common, className: exposure.ingress.className });
  else throw new Error(`exposure by ${exposure.via} without a gateway or an ingress class`);
}
