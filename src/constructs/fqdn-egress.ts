import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { why } from '../kubernetes/annotations.js';
import { labels } from '../kubernetes/labels.js';

/** Properties for `FqdnEgress`. */
export interface FqdnEgressProps {
  readonly namespace: string;

  /** Installation that the policy belongs to, e.g. the selection's name. */
  readonly instance: string;
  readonly name: string;
  /** Labels of the pods that may go out. */
  readonly pods: Readonly<Record<string, string>>;
  /** Hosts that they may reach at port 443. */
  readonly hosts: readonly string[];
}

/**
 * A way out by names, in place of one by addresses: policies add up, so beside an open block of addresses it would close
 * nothing. It carries its own rule for DNS, for Cilium learns addresses from the answers that pass that rule only.
 */
export class FqdnEgress extends Construct {
  constructor(scope: Construct, id: string, props: FqdnEgressProps) {
    super(scope, id);
    const { name, namespace, instance } = props;
    new ApiObject(this, 'policy', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: {
        name,
        namespace,
        labels: labels({ name: 'network', instance, component: 'network' }),
        annotations: why('only these hosts, by name; two hosts that share an address are one to the network'),
      },
      spec: {
        endpointSelector: { matchLabels: { ...props.pods } },
        egress: [
          {
            toEndpoints: [
              {
                matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' },
              },
            ],
            toPorts: [
              {
                ports: [
                  { port: '53', protocol: 'UDP' },
                  { port: '53', protocol: 'TCP' },
                ],
                rules: { dns: [{ matchPattern: '*' }] },
              },
            ],
          },
          {
            toFQDNs: props.hosts.map((host) => ({ matchName: host })),
            toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
          },
        ],
      },
    });
  }
}
