import { namedImages } from '../images.js';
import { key, onServers, type PlanCheck, type PlanFinding, type Planned } from '../planned.js';

const DOCKER_HUB = /^[^/.:]+\//;

export const providerMainlandRegistry: PlanCheck = {
  id: 'provider/mainland-registry',
  title: 'nodes in mainland China reach the registry of the image',
  why: 'docker.io is not reliably reachable there since June 2024: pods end in ImagePullBackOff',
  source: 'profiles/clusters/, registryMirrors with the day of each',
  inputs: [
    'cluster.region',
    'data.residency',
    'cluster.registryMirror',
    'servers[].image',
    'gateways[].image',
  ],
  run: (planned) => {
    const names = namedImages(planned.plan).map(({ image }) => image.repository);
    const onDockerHub = [...new Set(names.filter((name) => DOCKER_HUB.test(name)))];
    if (!inMainland(planned) || onDockerHub.length === 0) return [];
    const mirrors = planned.resolved.clusterKind?.registryMirrors ?? [];
    const known = (name: string) =>
      mirrors.filter(({ registry }) => registry === 'docker.io' || registry === `docker.io/${name}`);
    return onDockerHub.map(
      (name): PlanFinding => ({
        severity: 'warning',
        message: `${name} is on docker.io, which nodes in mainland China do not reach reliably`,
        remedy: [
          'copy the image by digest into your own registry, and set cluster.registryMirror to it',
          ...known(name).map(
            ({ prefix, reach, limits, date }) =>
              `to try it out: ${prefix} (${reach}${limits === undefined ? '' : `; ${limits}`}; ${date})`,
          ),
        ],
        subject: key(planned, 'cluster.registryMirror'),
      }),
    );
  },
};

export const providerMainlandHub: PlanCheck = {
  id: 'provider/mainland-hub',
  title: 'the download in mainland China reaches its hub',
  why: 'huggingface.co is not reachable there, and its file store bypasses a mirror: the download stops half-way',
  source: 'huggingface/xet-core#470, padeoe/hf-mirror-site#64 (2026-05-14)',
  inputs: ['cluster.region', 'data.residency', 'weights.source'],
  run: onServers(({ model }, planned, { checkpoint }): PlanFinding[] =>
    !inMainland(planned) || model.source !== 'huggingface'
      ? []
      : [
          {
            severity: 'warning',
            message: 'the weights come from huggingface.co, which mainland China does not reach',
            remedy: [
              ...(checkpoint.modelScope === undefined || checkpoint.modelScope === null
                ? ['the catalogue knows no copy on ModelScope: a mirror of your own (weights.source: mirror)']
                : ['set weights.source: modelscope']),
            ],
            subject: key(planned, 'weights.source'),
          },
        ],
  ),
};

/** The cluster stands in mainland China: its region says so, else the residency that the data was promised. */
function inMainland({ resolved }: Planned): boolean {
  const { cluster, data } = resolved;
  if (cluster.region !== undefined) return isMainland(cluster.region);
  return data.residency === 'CN';
}

/** Regions of the clouds on the mainland; the same prefixes name others abroad. */
function isMainland(region: string): boolean {
  return (
    /^(cn|china)-?(?!hongkong|hk)/i.test(region) ||
    /^ap-(beijing|shanghai|guangzhou|nanjing|chengdu|chongqing|shenzhen|qingyuan|hangzhou)/i.test(region)
  );
}
