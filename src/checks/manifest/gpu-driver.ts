import semver from 'semver';
import { error, type ManifestCheck } from './manifest-check.js';

const DRIVER_LABEL = /^nvidia\.com\/cuda\.driver(-version)?\.major$/;
/** First NVIDIA driver branch for CUDA 13. */
const CUDA_13_DRIVER = 580;

export const gpuDriverChecks: readonly ManifestCheck[] = [
  {
    id: 'gpu/driver-version',
    title: 'the image fits the driver of the nodes that it asks for',
    why: 'Images without a -cu suffix carry CUDA 13 since 0.20 and need driver 580; on an older one every pod ends with CUDA error 803.',
    source:
      'vllm#42738; torch and CUDA versions in the vLLM 0.20.2 to 0.33.0 wheels; NVIDIA CUDA compatibility',
    inputs: ['servers'],
    traps: [17],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, engine }) => {
        const label = Object.entries(workload.pod.nodeLabels).find(([key]) => DRIVER_LABEL.test(key));
        const newest = Math.max(...(label?.[1] ?? []).map(Number));
        const needsCuda13 =
          engine.version !== undefined &&
          semver.gte(engine.version, '0.20.0') &&
          !/-cu12\d/.test(container.image.tag ?? '');
        if (!label || !needsCuda13 || !(newest < CUDA_13_DRIVER)) return [];
        return [
          error(
            subject,
            `the nodes have driver ${newest}, and ${container.image.reference} needs ${CUDA_13_DRIVER} or newer`,
            `use the tag v${engine.version}-cu129`,
          ),
        ];
      }),
  },
];
