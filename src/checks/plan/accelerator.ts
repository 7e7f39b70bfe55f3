import { key, onServers, onServing, type PlanCheck, type PlanFinding } from './planned.js';

export const acceleratorImage: PlanCheck = {
  id: 'accelerator/image',
  title: 'a public engine image for the platform is known',
  why: 'the engine is built per platform; a wrong image does not see the accelerator',
  source: 'catalogue: engines/vllm.yaml, accelerators/',
  inputs: ['servers[].image', 'accelerator.vendor'],
  run: onServers(({ image }, planned, { accelerator }): PlanFinding[] =>
    image.repository !== ''
      ? []
      : [
          {
            severity: 'error',
            message: `no engine image for ${accelerator.vendor} accelerators (${accelerator.id}) is known`,
            remedy: ['set engine.image to the repository of an image that you trust'],
            subject: key(planned, 'engine.image'),
          },
        ],
  ),
};

export const acceleratorResource: PlanCheck = {
  id: 'accelerator/resource',
  title: 'the device plugin’s resource name is known',
  why: 'a pod gets an accelerator only by the exact name that the plugin registers',
  source: 'catalogue: accelerators/, kubernetes.resource',
  inputs: ['servers[].accelerator.resource'],
  run: onServers(({ accelerator }, planned): PlanFinding[] =>
    accelerator.resource !== ''
      ? []
      : [
          {
            severity: 'error',
            message: `no resource name for ${accelerator.id} is known`,
            remedy: [
              `add profiles/accelerators/${accelerator.id}.yaml with kubernetes.resource to your project`,
            ],
            subject: key(planned, 'sizing.accelerator'),
          },
        ],
  ),
};

export const acceleratorNodeLabel: PlanCheck = {
  id: 'accelerator/node-label',
  title: 'pods find nodes with this accelerator',
  why: 'in a cluster with several kinds of accelerator the resource name alone lands on any of them',
  source: 'NVIDIA/k8s-device-plugin, GPU feature discovery labels',
  inputs: ['servers[].accelerator.nodeLabel'],
  run: onServers(({ accelerator }, planned): PlanFinding[] =>
    // A kind of cluster has its own check: provider/gpu-label-known.
    accelerator.nodeLabel !== null || planned.resolved.clusterKind !== null
      ? []
      : [
          {
            severity: 'warning',
            message: `no node label for ${accelerator.id} is known: pods go to any node with ${accelerator.resource}`,
            remedy: ['keep other accelerators out of this cluster, or add a node affinity with overrides'],
            subject: key(planned, 'sizing.accelerator'),
          },
        ],
  ),
};

export const acceleratorDatacentre: PlanCheck = {
  id: 'accelerator/datacentre',
  title: 'the card’s driver licence allows the place',
  why: 'the driver licence of gaming cards forbids data-centre deployment and does not define the word: a colocation breaks it, a server room may, a desk does not',
  source: 'NVIDIA GeForce driver licence, clause 2.1.3; catalogue: accelerators/, datacentreRestriction',
  inputs: ['accelerator.datacentreRestriction', 'cluster.site', 'cluster.kind'],
  guards: true,
  run: onServing(({ accelerator }, planned): PlanFinding[] => {
    const { cluster, clusterKind } = planned.resolved;
    const clause = accelerator.datacentreRestriction;
    const site = cluster.site ?? (clusterKind?.place === 'public' ? 'data-centre' : undefined);
    if (clause === null || site === 'office') return [];
    const remedy = [
      'take a data-centre card, or keep it under a desk and say cluster.site: office',
      'or waive accelerator/datacentre with the reason, after asking your lawyers',
    ];
    const message = `${accelerator.name}: ${clause}`;
    if (site === undefined) {
      const asked = key(planned, 'cluster.site');
      return [{ severity: 'question', message: `${message}; cluster.site is not set`, remedy, key: asked }];
    }
    const severity = site === 'data-centre' ? 'error' : 'warning';
    return [
      { severity, message: `${message}; here: ${site}`, remedy, subject: key(planned, 'cluster.site') },
    ];
  }),
};
