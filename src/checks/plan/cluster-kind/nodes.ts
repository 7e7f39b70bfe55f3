import { assumedDriver } from '../../../plan/image.js';
import { served } from '../../../selection/resolved.js';
import { key, onServers, type PlanCheck, type PlanFinding } from '../planned.js';

/** Resources that stand for a part of a card, or for a card that several pods share. */
const SHARED =
  /\.shared$|^nvidia\.com\/mig-|qgpu|mgpu|gpu-mem|gpu-core|cgpu_(core|memory)|^nvidia\.com\/gpu(mem|cores)/;
const SOURCE = 'profiles/clusters/, with the source and day of each fact';

export const providerGpuLabel: PlanCheck = {
  id: 'provider/gpu-label-known',
  title: 'the kind of cluster says how pods find these accelerators',
  why: 'each cloud labels its nodes and names its resources in its own way; a pod that asks in another stays pending for ever',
  source: SOURCE,
  inputs: [
    'servers[].accelerator',
    'cluster.kind',
    'cluster.nodeLabel',
    'cluster.machine',
    'cluster.resource',
  ],
  run: onServers(({ accelerator }, planned): PlanFinding[] => {
    const { clusterKind: kind } = planned.resolved;
    if (kind === null) return [];
    const byResource = accelerator.resource === kind.gpu.resourceOf[accelerator.id];
    const unknown: PlanFinding[] = [];
    if (accelerator.resource === '')
      unknown.push(
        missing(`nobody knows by which resource ${kind.name} hands cards out`, 'cluster.resource'),
      );
    if (accelerator.nodeLabel === null && !byResource)
      unknown.push(
        missing(
          `no label and no machine of ${kind.name} with ${accelerator.id} is known`,
          'cluster.nodeLabel',
        ),
      );
    return unknown;

    function missing(message: string, asked: string): PlanFinding {
      const asks = (kind?.questions ?? []).filter(({ key: about }) => about === 'cluster.nodeLabel');
      return {
        severity: 'error',
        message,
        remedy: [
          `ask one GPU node (kubectl describe node), then set ${asked}${asked === 'cluster.nodeLabel' ? ' or cluster.machine' : ''}`,
          ...asks.map(({ ask }) => `open question of this kind: ${ask}`),
        ],
        subject: key(planned, asked),
      };
    }
  }),
};

export const providerSharedGpu: PlanCheck = {
  id: 'provider/shared-gpu',
  title: 'a replica gets whole cards of its own',
  why: 'the engine takes the memory of the card that it sees; a neighbour on the same card ends one of the two',
  source: `${SOURCE}; NVIDIA/k8s-device-plugin`,
  inputs: ['servers[].accelerator.resource', 'cluster.nodeLabel'],
  run: onServers(({ accelerator }, planned): PlanFinding[] => {
    const sharedBy = planned.resolved.clusterKind?.gpu.sharedWhere.find(
      (where) => where.key === accelerator.nodeLabel?.key,
    );
    const shares =
      SHARED.test(accelerator.resource) ||
      (sharedBy !== undefined &&
        (sharedBy.values.length === 0 ||
          accelerator.nodeLabel?.values.some((value) => sharedBy.values.includes(value))));
    if (!shares) return [];
    return [
      {
        severity: 'error',
        message: `${sharedBy ? `${sharedBy.key}=${accelerator.nodeLabel?.values.join(',')}` : accelerator.resource} hands out parts of a card`,
        remedy: ['serve from a pool whose cards are not shared out, and name its whole-card resource'],
        subject: key(planned, sharedBy ? 'cluster.nodeLabel' : 'cluster.resource'),
      },
    ];
  }),
};

export const providerDriver: PlanCheck = {
  id: 'provider/driver-floor',
  title: 'the driver of the nodes runs the image',
  why: 'the default image is built for CUDA 13 and needs driver 580; with an older one the server exits at start',
  source: `${SOURCE}; vLLM 0.20.0 release notes`,
  inputs: ['cluster.driver', 'cluster.kind', 'servers[].image'],
  run: onServers(({ image }, planned): PlanFinding[] => {
    const { cluster, clusterKind: kind } = planned.resolved;
    if (kind === null || cluster.driver !== undefined) return [];
    if (assumedDriver(served(planned.resolved)) === undefined) return [];
    const { usual, choose } = kind.driver;
    return [
      {
        severity: 'warning',
        message: `cluster.driver is not set, and ${kind.name} gives its nodes ${usual ?? 'a driver that no source names'}: the image for CUDA 12 (${image.tag}) is taken`,
        remedy: [
          'set cluster.driver to what nvidia-smi prints on a node, in quotes',
          ...(choose === null ? [] : [`a pool gets another driver by: ${choose}`]),
        ],
        subject: key(planned, 'cluster.driver'),
      },
    ];
  }),
};
