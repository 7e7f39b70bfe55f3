import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { why } from '../kubernetes/annotations.js';
import { labels } from '../kubernetes/labels.js';

/** Karpenter's own longest life of a node, after which it is made anew with the image of the day. */
const EXPIRE_AFTER = '720h';
/** Nodes of EKS Auto Mode live 21 days at most. */
const EXPIRE_AFTER_AUTO_MODE = '336h';

/** Properties for `NodePool`. */
export interface NodePoolProps {
  /** Installation that the nodes belong to, e.g. the selection's name. */
  readonly instance: string;
  /** The server that runs on them. */
  readonly component: string;
  /** Name of the pool, and of the node class that comes with it; pools have no namespace. */
  readonly name: string;
  readonly nodeClass: { readonly group: string; readonly kind: string; readonly name: string };

  /** What an EC2NodeClass of its own is made of; null where `nodeClass` names an existing one. */
  readonly ec2: {
    readonly role: string;
    /** Value of the tag `karpenter.sh/discovery` on subnets and security groups. */
    readonly discovery: string;
    /** Alias of the node image with its version. */
    readonly image: string;
    readonly diskGib: number;
  } | null;
  readonly requirements: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
  readonly taintKeys: readonly string[];
  readonly resource: string;
  /** Most accelerators of all nodes together: what can be spent. */
  readonly accelerators: number;
  readonly consolidateAfterMinutes: number;
  readonly terminationGraceSeconds: number;
}

/** Nodes that Karpenter makes when a server waits for accelerators and takes away when none is left: none cost nothing. */
export class NodePool extends Construct {
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const { name, nodeClass, ec2 } = props;
    const objectLabels = labels({ name: 'nodes', instance: props.instance, component: props.component });
    new ApiObject(this, 'pool', {
      apiVersion: 'karpenter.sh/v1',
      kind: 'NodePool',
      metadata: {
        name,
        labels: objectLabels,
        annotations: why('makes nodes while a server waits for accelerators; without pods it has none'),
      },
      spec: {
        template: {
          metadata: { labels: objectLabels },
          spec: {
            nodeClassRef: { ...nodeClass },
            requirements: props.requirements.map(({ key, operator, values }) => ({
              key,
              operator,
              values: [...values],
            })),
            // A pod without accelerators would keep an expensive node alive.
            taints: props.taintKeys.map((key) => ({ key, effect: 'NoSchedule' })),
            expireAfter: nodeClass.group === 'eks.amazonaws.com' ? EXPIRE_AFTER_AUTO_MODE : EXPIRE_AFTER,
            terminationGracePeriod: `${props.terminationGraceSeconds}s`,
          },
        },
        limits: { [props.resource]: props.accelerators },
        disruption: {
          // Utilisation counts processors and memory: a busy GPU node looks idle.
          consolidationPolicy: 'WhenEmpty',
          consolidateAfter: `${props.consolidateAfterMinutes}m`,
        },
      },
    });
    if (ec2 === null) return;
    const tagged = [{ tags: { 'karpenter.sh/discovery': ec2.discovery } }];
    new ApiObject(this, 'class', {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name, labels: objectLabels },
      spec: {
        role: ec2.role,
        amiSelectorTerms: [{ alias: ec2.image }],
        subnetSelectorTerms: tagged,
        securityGroupSelectorTerms: tagged,
        // Tokens only, and one hop: pods never reach the node's credentials.
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          {
            deviceName: ec2.image.startsWith('bottlerocket') ? '/dev/xvdb' : '/dev/xvda',
            ebs: {
              volumeSize: `${ec2.diskGib}Gi`,
              volumeType: 'gp3',
              encrypted: true,
              deleteOnTermination: true,
            },
          },
        ],
      },
    });
  }
}
