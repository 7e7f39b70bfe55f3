import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { why } from '../kubernetes/annotations.js';
import { labels } from '../kubernetes/labels.js';

/** Properties for `ComputeClass`. */
export interface ComputeClassProps {
  /** Installation that the nodes belong to, e.g. the selection's name. */
  readonly instance: string;
  /** The server that runs on them. */
  readonly component: string;
  /** Name of the class; classes have no namespace. */
  readonly name: string;
  /** GKE's names of the card, e.g. `nvidia-l4`, in the order in which they are tried. */
  readonly cards: readonly string[];
  readonly cardsPerNode: number;
  /** In the order in which they are tried. */
  readonly capacity: readonly ('on-demand' | 'spot' | 'reserved')[];
  /** Null: any zone of the cluster. */
  readonly zones: readonly string[] | null;
  readonly consolidateAfterMinutes: number;
}

/** Nodes that GKE makes when a server waits for accelerators and deletes when none is left: none cost nothing. */
export class ComputeClass extends Construct {
  constructor(scope: Construct, id: string, props: ComputeClassProps) {
    super(scope, id);
    const { instance, component, name, cards, cardsPerNode, capacity, zones } = props;
    new ApiObject(this, 'class', {
      apiVersion: 'cloud.google.com/v1',
      kind: 'ComputeClass',
      metadata: {
        name,
        labels: labels({ name: 'nodes', instance, component }),
        annotations: why('makes nodes while a server waits for accelerators; without pods it has none'),
      },
      spec: {
        priorities: capacity.flatMap((kind) =>
          cards.map((type) => ({
            // Where the driver is not named, none is installed.
            gpu: { type, count: cardsPerNode, driverVersion: 'latest' },
            spot: kind === 'spot',
            ...(kind === 'reserved' && { reservations: { affinity: 'AnyBestEffort' } }),
            ...(zones !== null && { location: { zones: [...zones] } }),
          })),
        ),
        nodePoolAutoCreation: { enabled: true },
        autoscalingPolicy: { consolidationDelayMinutes: props.consolidateAfterMinutes },
        // It would move running pods to nodes that are preferred.
        activeMigration: { optimizeRulePriority: false },
        // Other nodes have no such card.
        whenUnsatisfiable: 'DoNotScaleUp',
      },
    });
  }
}
