import type { Construct } from 'constructs';
import { DefaultDeny } from '../../src/constructs/default-deny.js';
import { Exposure } from '../../src/constructs/exposure.js';
import { Gateway, gatewayIdentity } from '../../src/constructs/gateway.js';
import { GatewayMonitoring } from '../../src/constructs/gateway-monitoring.js';
import { GatewayNetwork } from '../../src/constructs/gateway-network.js';
import { Namespace } from '../../src/constructs/namespace.js';
import { SecretsFromStore } from '../../src/constructs/secrets-from-store.js';
import { ServiceAccounts } from '../../src/constructs/service-accounts.js';
import { Translator } from '../../src/constructs/translator.js';
import type { Plan } from '../../src/plan/plan.js';
import { storedValues } from '../../src/plan/secrets.js';

/** Turns the plan of one environment into objects. Decides nothing. */
export function buildClosedCloud(chart: Construct, plan: Plan): void {
  const { namespace, name: instance } = plan;
  new Namespace(chart, 'namespace', { name: namespace, instance, kubernetes: plan.kubernetes });
  new ServiceAccounts(chart, 'service-accounts', {
    namespace,
    instance,
    names: plan.gateways.flatMap(({ name, egress, translator }) => [
      name,
      ...(egress.own ? [egress.own.name] : []),
      ...(translator ? [translator.name] : []),
    ]),
  });
  new DefaultDeny(chart, 'default-deny', { namespace, instance });
  new SecretsFromStore(chart, 'secrets', {
    namespace,
    instance,
    values: storedValues(plan.secrets),
  });
  for (const gateway of plan.gateways) {
    new Gateway(chart, gateway.name, { namespace, instance, gateway });
    if (gateway.translator !== null)
      new Translator(chart, gateway.translator.name, {
        namespace,
        instance,
        translator: gateway.translator,
        inMesh: gateway.egress.names === 'istio' && gateway.egress.via === 'direct',
        ...(gateway.platform.imagePullSecret !== null && {
          imagePullSecret: gateway.platform.imagePullSecret,
        }),
      });
    new GatewayNetwork(chart, `${gateway.name}-network`, {
      namespace,
      instance,
      gateway,
      dns: gateway.platform.dns,
      metadataAddresses: gateway.platform.metadataAddresses,
    });
    if (gateway.monitoring !== null)
      new GatewayMonitoring(chart, `${gateway.name}-monitoring`, {
        namespace,
        instance,
        gateway,
        monitoring: gateway.monitoring,
      });
    if (plan.exposure !== null)
      new Exposure(chart, `${gateway.name}-exposure`, {
        namespace,
        name: gateway.name,
        identity: gatewayIdentity(instance, gateway.name),
        port: gateway.port,
        exposure: plan.exposure,
      });
  }
}
