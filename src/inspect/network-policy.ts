import { listAt, textAt, textMapAt, textsAt, valueAt } from './field.js';
import { selectorMatches, selectsEverything } from './selector.js';
import type { KubernetesObject } from './types.js';
import { namespaceOf, subjectOf, type Workload } from './workload.js';

/** One side of one rule: an address range, or pods. `anyone` where the rule names no peer at all. */
export interface Peer {
  readonly cidr?: string;
  readonly except: readonly string[];
  readonly podSelector?: unknown;
  readonly namespaceSelector?: unknown;
}

export interface PolicyRule {
  /** Empty: anyone. */
  readonly peers: readonly Peer[];
  /** Empty: any port. */
  readonly ports: readonly { readonly port?: string | number; readonly protocol: string }[];
}

export interface NetworkPolicy {
  readonly subject: string;
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly selectsAll: boolean;
  readonly isolatesIngress: boolean;
  readonly isolatesEgress: boolean;
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
  readonly workloads: readonly Workload[];
}

export function readNetworkPolicy(
  object: KubernetesObject,
  workloads: readonly Workload[],
): readonly NetworkPolicy[] {
  if (object.kind !== 'NetworkPolicy' || !object.apiVersion.startsWith('networking.k8s.io/')) return [];
  const namespace = namespaceOf(object);
  const selector = valueAt(object, 'spec', 'podSelector');
  const types = textsAt(object, 'spec', 'policyTypes');
  const egress = listAt(object, 'spec', 'egress').map((rule) => readRule(rule, 'to'));
  return [
    {
      subject: subjectOf(object),
      namespace,
      annotations: textMapAt(object, 'metadata', 'annotations'),
      selectsAll: selectsEverything(selector),
      // Without policyTypes a policy always isolates ingress, and egress where it has such rules.
      isolatesIngress: types.length === 0 || types.includes('Ingress'),
      isolatesEgress: types.length === 0 ? egress.length > 0 : types.includes('Egress'),
      ingress: listAt(object, 'spec', 'ingress').map((rule) => readRule(rule, 'from')),
      egress,
      workloads: workloads.filter(
        (each) => each.namespace === namespace && selectorMatches(selector, each.pod.labels),
      ),
    },
  ];
}

function readRule(rule: unknown, side: 'from' | 'to'): PolicyRule {
  return {
    peers: listAt(rule, side).map((peer) => ({
      cidr: textAt(peer, 'ipBlock', 'cidr'),
      except: textsAt(peer, 'ipBlock', 'except'),
      podSelector: valueAt(peer, 'podSelector'),
      namespaceSelector: valueAt(peer, 'namespaceSelector'),
    })),
    ports: listAt(rule, 'ports').map((port) => {
      const number = valueAt(port, 'port');
      return {
        port: typeof number === 'string' || typeof number === 'number' ? number : undefined,
        protocol: textAt(port, 'protocol') ?? 'TCP',
      };
    }),
  };
}
