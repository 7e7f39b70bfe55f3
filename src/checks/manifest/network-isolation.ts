import type { NetworkPolicy, PolicyRule } from '../../inspect/network-policy.js';
import { cidrContains } from './cidr.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** Where clouds hand out credentials to whoever asks. */
const METADATA = ['169.254.169.254', 'fd00:ec2::254'];

/** The address that a rule lets pods reach, if any. */
function reachesMetadata({ peers }: PolicyRule): string | undefined {
  if (peers.length === 0) return METADATA[0];
  return METADATA.find((address) =>
    peers.some(
      ({ cidr, except }) =>
        cidr !== undefined &&
        cidrContains(cidr, address) &&
        !except.some((each) => cidrContains(each, address)),
    ),
  );
}

function isWall(policy: NetworkPolicy, side: 'ingress' | 'egress'): boolean {
  const isolates = side === 'ingress' ? policy.isolatesIngress : policy.isolatesEgress;
  return policy.selectsAll && isolates && policy[side].length === 0;
}

export const networkIsolationChecks: readonly ManifestCheck[] = [
  {
    id: 'network/default-deny',
    title: 'a namespace with a server is closed both ways, and every hole is written down',
    why: "The server's port answers without a key on /metrics, /tokenize and /invocations, and a pod that can call out can carry data out.",
    source: 'Kubernetes docs, network policies; vLLM docs, security',
    inputs: ['servers', 'networkPolicies'],
    guards: true,
    traps: [46],
    run: ({ servers, networkPolicies }) =>
      [...new Set(servers.map(({ workload }) => workload.namespace))].flatMap((namespace) => {
        const own = networkPolicies.filter((policy) => policy.namespace === namespace);
        const open = (['ingress', 'egress'] as const).filter(
          (side) => !own.some((policy) => isWall(policy, side)),
        );
        return open.length > 0
          ? [
              warning(
                `Namespace/${namespace}`,
                `no NetworkPolicy denies all ${open.join(' and ')} by default`,
                'add a policy with an empty podSelector, both policyTypes and no rules',
              ),
            ]
          : [];
      }),
  },
  {
    id: 'network/server-ingress',
    title: "not everybody may open the server's port",
    why: 'A rule without peers admits every pod of the cluster, and what lies behind a load balancer.',
    source: 'Kubernetes docs, network policies',
    inputs: ['servers', 'networkPolicies'],
    guards: true,
    traps: [46],
    run: ({ servers, networkPolicies }) =>
      networkPolicies
        .filter(
          (policy) =>
            policy.isolatesIngress && servers.some(({ workload }) => policy.workloads.includes(workload)),
        )
        .filter(({ ingress }) => ingress.some(({ peers }) => peers.length === 0))
        .map(({ subject }) =>
          error(
            subject,
            'a rule without from admits everybody to the server',
            'name the namespaces and pods that may call it',
          ),
        ),
  },
  {
    id: 'network/metadata-address',
    title: "no pod reaches the cloud's metadata address",
    why: "It hands the node's credentials to whoever asks.",
    source: 'AWS, Google Cloud and Azure docs, instance metadata',
    inputs: ['networkPolicies'],
    guards: true,
    run: ({ networkPolicies }) =>
      networkPolicies.flatMap(({ subject, egress }) =>
        egress.flatMap((rule) => {
          const address = reachesMetadata(rule);
          // A rule for DNS alone reaches no metadata service, wherever it points.
          const onlyDns = rule.ports.length > 0 && rule.ports.every(({ port }) => port === 53);
          return address === undefined || onlyDns
            ? []
            : [
                error(
                  subject,
                  `egress reaches ${address}`,
                  `add except: [${address.includes(':') ? 'fd00:ec2::/32' : '169.254.0.0/16'}], or name the hosts' own range`,
                ),
              ];
        }),
      ),
  },
  {
    id: 'network/scrape-admitted',
    title: 'Prometheus may reach what it is told to scrape',
    why: 'A closed namespace without a hole for monitoring looks like a dead server, and blinds the scaler.',
    source: 'Kubernetes docs, network policies',
    inputs: ['monitors', 'networkPolicies'],
    run: ({ monitors, networkPolicies }) =>
      monitors.flatMap(({ subject, workloads }) =>
        workloads.flatMap((workload) => {
          const policies = networkPolicies.filter(
            (policy) => policy.isolatesIngress && policy.workloads.includes(workload),
          );
          const admits = policies.some(({ ingress }) =>
            ingress.some(
              ({ peers }) =>
                peers.length === 0 ||
                peers.some(
                  ({ namespaceSelector, cidr }) => namespaceSelector !== undefined || cidr !== undefined,
                ),
            ),
          );
          return policies.length === 0 || admits
            ? []
            : [
                warning(
                  subject,
                  `no NetworkPolicy lets another namespace reach ${workload.subject}`,
                  'admit the namespace of Prometheus to the metrics port',
                ),
              ];
        }),
      ),
  },
];
