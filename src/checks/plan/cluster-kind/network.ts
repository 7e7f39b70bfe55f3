import { internalAnnotationsOf } from '../../../plan/platform.js';
import { key, onServers, type PlanCheck, type PlanFinding, type Planned } from '../planned.js';

const SOURCE = 'profiles/clusters/, with the source and day of each fact';

export const providerPublicLoadBalancer: PlanCheck = {
  id: 'provider/public-lb',
  title: 'what is meant for inside gets no public address',
  why: 'a load balancer without annotations is public on several clouds: the model answers the internet',
  source: SOURCE,
  inputs: ['expose.mode', 'cluster.gateway', 'cluster.kind', 'cluster.loadBalancer'],
  guards: true,
  run: (planned): PlanFinding[] => {
    const { clusterKind: kind, expose, cluster } = planned.resolved;
    const { exposure } = planned.plan;
    const own = exposure?.gateway != null && 'className' in exposure.gateway;
    if (kind === null || expose.mode !== 'internal' || !own || kind.exposure.publicByDefault === false)
      return [];
    const given = cluster.loadBalancer?.annotations ?? {};
    const needed = Object.entries(internalAnnotationsOf(planned.resolved));
    const missing = needed.filter(([name, value]) => value === null && given[name] === undefined);
    const unknown =
      needed.length === 0 && kind.exposure.publicByDefault === true && Object.keys(given).length === 0;
    if (missing.length === 0 && !unknown) return [];
    return [
      {
        severity: kind.exposure.publicByDefault === true ? 'error' : 'question',
        message: `an own Gateway on ${kind.name} makes a load balancer${kind.exposure.publicByDefault === true ? ' with a public address' : ' of which no source says whether it is public'}, and expose.mode is internal`,
        remedy: [
          missing.length > 0
            ? `set in cluster.loadBalancer.annotations: ${missing.map(([name]) => name).join(', ')}`
            : 'set cluster.loadBalancer.annotations to what keeps it inside',
          'or join a Gateway whose owner has settled it: cluster.gateway.name and namespace',
        ],
        ...(kind.exposure.publicByDefault === true
          ? { subject: key(planned, 'cluster.loadBalancer') }
          : { key: key(planned, 'cluster.loadBalancer') }),
      },
    ];
  },
};

export const providerLoadBalancerTimeout: PlanCheck = {
  id: 'provider/lb-timeout',
  title: 'the load balancer waits as long as an answer may be silent',
  why: 'a proxy that sees no byte for its limit cuts the answer, although the model still works on it',
  source: SOURCE,
  inputs: ['expose.timeoutSeconds', 'cluster.kind', 'cluster.loadBalancer'],
  run: (planned): PlanFinding[] => {
    const { clusterKind: kind, cluster } = planned.resolved;
    const { exposure } = planned.plan;
    if (kind === null || exposure === null) return [];
    const given = Object.keys(cluster.loadBalancer?.annotations ?? {});
    const needed = exposure.timeoutSeconds === 0 ? Number.POSITIVE_INFINITY : exposure.timeoutSeconds;
    return kind.exposure.timeouts.flatMap(({ what, defaultSeconds, maxSeconds, setBy }): PlanFinding[] => {
      const set = setBy !== null && given.some((name) => setBy.includes(name));
      const limit = set ? maxSeconds : defaultSeconds;
      if (limit === null || limit >= needed) return [];
      return [
        {
          severity: 'warning',
          message: `${what} of ${kind.name} cuts an answer that sends no byte for ${limit} s, and expose.timeoutSeconds is ${exposure.timeoutSeconds}`,
          remedy: [
            'let clients stream: then silence lasts until the first token only',
            ...(set || setBy === null
              ? []
              : [`raise it by ${setBy}${maxSeconds === null ? '' : ` (${maxSeconds} s at most)`}`]),
            'or lead it through at layer 4',
          ],
          subject: key(planned, 'expose.timeoutSeconds'),
        },
      ];
    });
  },
};

export const providerNetworkPolicies: PlanCheck = {
  id: 'provider/netpol-enforced',
  title: 'the kind of cluster enforces NetworkPolicies, or somebody switched it on',
  why: 'several clouds accept the objects and let everything pass until a plug-in or an add-on is chosen',
  source: SOURCE,
  inputs: ['cluster.kind', 'cluster.capabilities'],
  guards: true,
  run: (planned): PlanFinding[] => {
    const { clusterKind: kind, cluster } = planned.resolved;
    if (kind === null) return [];
    const claimed = cluster.capabilities?.includes('network-policy') ?? false;
    const { policyEnforced, policyNote } = kind.network;
    if (policyEnforced === 'never' && claimed)
      return [enforcement(planned, 'error', `${kind.name} enforces no NetworkPolicies`, policyNote)];
    if (claimed || policyEnforced === 'always') return [];
    const what =
      policyEnforced === 'by-choice'
        ? 'enforces NetworkPolicies only by choice'
        : 'is not known to enforce NetworkPolicies';
    return [
      enforcement(
        planned,
        'question',
        `${kind.name} ${what}${policyNote === undefined ? '' : `: ${policyNote}`}`,
        undefined,
      ),
    ];
  },
};

function enforcement(
  planned: Planned,
  severity: 'error' | 'question',
  message: string,
  note: string | undefined,
): PlanFinding {
  const asked = key(planned, 'cluster.capabilities');
  return {
    severity,
    message: note === undefined ? message : `${message}: ${note}`,
    remedy: [
      'try it: a pod of another namespace must not reach the server; then add network-policy to cluster.capabilities',
    ],
    ...(severity === 'error' ? { subject: asked } : { key: asked }),
  };
}

export const providerDns: PlanCheck = {
  id: 'provider/dns-egress',
  title: 'pods may ask the resolver that this kind of cluster has',
  why: 'a policy that opens the upstream resolver only leaves pods without names where resolvers live on the node or in another namespace',
  source: `${SOURCE}; tektoncd/operator#4000`,
  inputs: ['servers[].platform.dns', 'cluster.kind', 'cluster.mode'],
  run: onServers(({ platform }, planned): PlanFinding[] => {
    const { clusterKind: kind, cluster } = planned.resolved;
    if (kind === null || platform.dns.pods !== null || (cluster.dnsAddresses ?? []).length > 0) return [];
    return [
      {
        severity: 'error',
        message: `no source says where pods of ${kind.name} ask for names: the download would find no host`,
        remedy: [
          'read /etc/resolv.conf in a pod, and set cluster.dnsAddresses to its name servers as CIDRs',
          ...kind.questions
            .filter(({ key: about }) => about === 'cluster.dnsAddresses')
            .map(({ ask }) => `open question of this kind: ${ask}`),
        ],
        subject: key(planned, 'cluster.dnsAddresses'),
      },
    ];
  }),
};
