import type { PlanCheck } from '../planned.js';
import { providerIdentity } from './identity.js';
import { providerMainlandHub, providerMainlandRegistry } from './mainland.js';
import { providerMode } from './mode.js';
import {
  providerDns,
  providerLoadBalancerTimeout,
  providerNetworkPolicies,
  providerPublicLoadBalancer,
} from './network.js';
import { providerDriver, providerGpuLabel, providerSharedGpu } from './nodes.js';
import { providerPriceAge } from './price-age.js';
import { providerStorageClass } from './storage.js';

/** What a kind of cluster asks of a selection that names it. */
export const clusterKindChecks: readonly PlanCheck[] = [
  providerMode,
  providerGpuLabel,
  providerSharedGpu,
  providerDriver,
  providerStorageClass,
  providerDns,
  providerNetworkPolicies,
  providerPublicLoadBalancer,
  providerLoadBalancerTimeout,
  providerIdentity,
  providerMainlandRegistry,
  providerMainlandHub,
  providerPriceAge,
];
