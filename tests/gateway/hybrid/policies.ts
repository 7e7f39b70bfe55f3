import type { KubernetesObject } from '../../../src/inspect/types.js';

/** Something that sends or receives: a pod with its labels, or an address outside the cluster. */
export interface Place {
  readonly name: string;
  readonly namespace: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Outside the cluster. */
  readonly address?: string;
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}
interface Policy {
  readonly namespace: string;
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly Peer[] }[];
  readonly egress?: readonly { readonly to?: readonly Peer[] }[];
}

/** Whether the emitted policies let one place reach another at all. Ports are not looked at: more passes than should. */
export function reaches(objects: readonly KubernetesObject[], from: Place, to: Place): boolean {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec, metadata }) => ({ ...(spec as object), namespace: metadata.namespace }) as Policy);
  const about = (place: Place, type: string) =>
    policies.filter(
      (policy) =>
        policy.namespace === place.namespace &&
        policy.policyTypes.includes(type) &&
        selects(policy.podSelector, place.labels),
    );
  const out = about(from, 'Egress');
  const into = about(to, 'Ingress');
  const leaves =
    out.length === 0 ||
    out.some((policy) =>
      policy.egress?.some(({ to: peers }) => peers?.some((peer) => matches(peer, to, policy.namespace))),
    );
  const enters =
    into.length === 0 ||
    into.some((policy) =>
      policy.ingress?.some(({ from: peers }) => peers?.some((peer) => matches(peer, from, policy.namespace))),
    );
  return leaves && enters;
}

function matches({ podSelector, namespaceSelector, ipBlock }: Peer, place: Place, here: string): boolean {
  // Blocks of addresses mean what is outside the cluster; pods are told by their labels.
  if (ipBlock !== undefined) return place.address !== undefined && ipBlock.cidr === '0.0.0.0/0';
  if (place.address !== undefined || place.namespace === null) return false;
  const named = { 'kubernetes.io/metadata.name': place.namespace };
  const inNamespace =
    namespaceSelector === undefined ? place.namespace === here : selects(namespaceSelector, named);
  return inNamespace && (podSelector === undefined || selects(podSelector, place.labels));
}

function selects({ matchLabels = {} }: Selector, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
