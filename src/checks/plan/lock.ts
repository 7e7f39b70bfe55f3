import { namedImages } from './images.js';
import { key, onServers, type PlanCheck, type PlanFinding } from './planned.js';

export const imageDigest: PlanCheck = {
  id: 'image/digest-unknown',
  title: 'the image is pinned by digest',
  why: 'a tag can be moved; only a digest names the same bytes for ever. Berth never invents one',
  source: 'berth.lock.yaml',
  inputs: ['servers[].image', 'gateways[].image', 'gateways[].translator.image', 'requireLocked'],
  guards: true,
  run: (planned) =>
    namedImages(planned.plan)
      .filter(({ image }) => image.digest === null)
      .map(
        ({ image, key: named }): PlanFinding => ({
          severity: planned.resolved.requireLocked ? 'error' : 'warning',
          message: `berth.lock.yaml has no digest for ${image.repository}:${image.tag}: the exact version tag is used`,
          remedy: [`add images: { "${image.repository}:${image.tag}": "sha256:…" } to berth.lock.yaml`],
          subject: key(planned, named),
        }),
      ),
};

export const modelRevision: PlanCheck = {
  id: 'model/revision-unknown',
  title: 'the weights are pinned by revision',
  why: 'a repository’s default branch can change under you; a commit cannot. Berth never invents one',
  source: 'berth.lock.yaml, weights.revision',
  inputs: ['servers[].model.revision', 'requireLocked'],
  guards: true,
  run: onServers(({ model }, planned): PlanFinding[] =>
    model.revision !== null || model.repository === ''
      ? []
      : [
          {
            severity: planned.resolved.requireLocked ? 'error' : 'warning',
            message: `no revision of ${model.repository} is known: the repository's default branch is downloaded, once`,
            remedy: [
              `add models: { "${model.source === 'modelscope' ? 'modelscope' : 'huggingface'}:${model.repository}": "<commit>" } to berth.lock.yaml`,
              'or set weights.revision',
            ],
            subject: key(planned, 'weights.revision'),
          },
        ],
  ),
};
