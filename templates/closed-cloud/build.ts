import type { Construct } from 'constructs';
import { DefaultDeny } from '../../src/constructs/default-deny.js';
import { Gateway } from '../../src/constructs/gateway.js';
import { GatewayMonitoring } from '../../src/constructs/gateway-monitoring.js';
import { GatewayNetwork } from '../../src/constructs/gateway-network.js';
import { Namespace } from '../../src/constructs/namespace.js';
import { SecretsFromStore } from '../../src/constructs/secrets-from-store.js';
import { ServiceAccounts } from '../../src/constructs/service-accounts.js';
import type { Plan } from '../../src/plan/plan.js';
import { buildExposure } from './exposure.js';

/** Turns the plan of one environment into objects. Decides nothing. */
export function buildClosedCloud(chart: Construct, plan: Plan): void {
  const { namespace, name: instance } = plan;
  new Namespace(chart, 'namespace', { name: namespace, instance, kubernetes: plan.kubernetes });
  new ServiceAccounts(chart, 'service-accounts', {
    namespace,
    instance,
    names: plan.gateways.flatMap(({ name, egress }) => [name, ...(egress.own ? [egress.own.name] : [])]),
  });
  new DefaultDeny(chart, 'default-deny', { namespace, instance });
  new SecretsFromStore(chart, 'secrets', {
    namespace,
    instance,
    values: plan.secrets.flatMap(({ via, ref, secretName, key }) =>
      via === 'external' && 'store' in ref ? [{ ...ref, secretName, key }] : [],
    ),
  });
  for (const gateway of plan.gateways) {
    new Gateway(chart, gateway.name, { namespace, instance, gateway });
    new GatewayNetwork(chart, `${gateway.name}-network`, { namespace, instance, gateway });
    if (gateway.monitoring !== null)
      new GatewayMonitoring(chart, `${gateway.name}-monitoring`, {
        namespace,
        instance,
        gateway,
        monitoring: gateway.monitoring,
      });
    buildExposure(chart, plan, gateway);
  }
}
