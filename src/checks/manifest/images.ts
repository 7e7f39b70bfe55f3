import semver from 'semver';
import { error, type ManifestCheck } from './manifest-check.js';

export const imageChecks: readonly ManifestCheck[] = [
  {
    id: 'image/reference',
    title: 'every image reference can be pulled as written',
    why: 'The API server takes any text; the kubelet answers InvalidImageName.',
    source: 'distribution/reference grammar; tried against kube-apiserver 1.36.3',
    inputs: ['workloads'],
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        [...pod.initContainers, ...pod.containers]
          .filter(({ image }) => !image.valid)
          .map(({ name, image }) =>
            error(
              subject,
              `container ${name}: '${image.reference}' is no image reference`,
              'write repository:tag or repository@sha256:…, in lower case, without a scheme',
            ),
          ),
      ),
  },
  {
    id: 'image/exact-version',
    title: 'every image names one version',
    why: 'latest and nightly move: flags, metrics and CUDA change under a running service when a pod is rescheduled.',
    source: 'Kubernetes docs, images; vLLM releases',
    inputs: ['workloads'],
    run: ({ workloads }) =>
      workloads.flatMap(({ subject, pod }) =>
        [...pod.initContainers, ...pod.containers]
          .filter(
            ({ image }) =>
              image.valid &&
              !image.digest &&
              (!image.tag || /^(latest|nightly|main|master|dev|edge|stable)\b/.test(image.tag)),
          )
          .map(({ name, image }) =>
            error(
              subject,
              `container ${name}: ${image.reference} names no version`,
              'use an exact version tag, better a digest',
            ),
          ),
      ),
  },
  {
    id: 'image/known-vulnerable',
    title: 'the engine is not one with a known remote code execution',
    why: 'CVE-2026-22778: a crafted multimodal request runs code in vLLM 0.8.3 to 0.14.0.',
    source: 'CVE-2026-22778, fixed in vLLM 0.14.1',
    inputs: ['servers'],
    guards: true,
    run: ({ servers }) =>
      servers
        .filter(({ engine }) => engine.version !== undefined && semver.lt(engine.version, '0.14.1'))
        .map(({ subject, engine }) =>
          error(
            subject,
            `vLLM ${engine.version} runs code from crafted requests (CVE-2026-22778)`,
            'use 0.14.1 or newer',
          ),
        ),
  },
];
