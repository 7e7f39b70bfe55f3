import type { Construct } from 'constructs';
import { DefaultDeny } from '../../src/constructs/default-deny.js';
import { Exposure } from '../../src/constructs/exposure.js';
import { LicensedMonitoring } from '../../src/constructs/licensed-monitoring.js';
import { LicensedServer, licensedIdentity } from '../../src/constructs/licensed-server.js';
import { Namespace } from '../../src/constructs/namespace.js';
import { NimService } from '../../src/constructs/nim-service.js';
import { SecretsFromStore } from '../../src/constructs/secrets-from-store.js';
import { ServiceAccounts } from '../../src/constructs/service-accounts.js';
import type { LicensedPlan } from '../../src/plan/licensed-plan.js';
import type { Plan } from '../../src/plan/plan.js';
import { storedValues } from '../../src/plan/secrets.js';
import { build as buildWeights } from '../open-private/build.js';
import { buildNetwork } from './network.js';

/** Turns the plan of one environment into objects. Decides nothing. */
export function build(chart: Construct, plan: Plan): void {
  const [licensed] = plan.licensed ?? [];
  if (licensed === undefined) buildWeights(chart, plan);
  else buildContainer(chart, plan, licensed);
}

function buildContainer(chart: Construct, plan: Plan, licensed: LicensedPlan): void {
  const { namespace, name: instance, kubernetes } = plan;
  const { platform, name } = licensed;
  new Namespace(chart, 'namespace', {
    name: namespace,
    instance,
    kubernetes,
    labels: platform.namespaceLabels,
    // NVIDIA's operator gives its server neither a seccomp profile nor dropped capabilities.
    ...(licensed.operator && { enforce: 'baseline' as const }),
  });
  new DefaultDeny(chart, 'default-deny', { namespace, instance });
  new SecretsFromStore(chart, 'secrets', {
    namespace,
    instance,
    values: storedValues(plan.secrets),
  });
  if (licensed.operator) new NimService(chart, name, { namespace, instance, plan: licensed });
  else {
    new ServiceAccounts(chart, 'service-accounts', {
      namespace,
      instance,
      names: [name],
      annotations: platform.serviceAccountAnnotations,
    });
    new LicensedServer(chart, name, { namespace, instance, plan: licensed });
  }
  new LicensedMonitoring(chart, `${name}-monitoring`, { namespace, instance, plan: licensed });
  buildNetwork(chart, plan, licensed);
  if (plan.exposure !== null)
    new Exposure(chart, `${name}-exposure`, {
      namespace,
      name,
      identity: licensedIdentity(instance, name),
      port: licensed.port,
      exposure: plan.exposure,
      loadBalancer: platform.loadBalancer,
    });
}
