/**
 * Names of extended resources that are GPUs or NPUs, whole, shared or in slices.
 * Sources: NVIDIA, AMD and Intel device plugins, Ascend device plugins, HAMi, CCE GPU Manager of Baidu.
 */
const GPU_RESOURCE =
  /^(nvidia\.com\/(gpu|gpu\.shared|mig-.+)|amd\.com\/gpu|gpu\.intel\.com\/.+|huawei\.com\/(npu|ascend.*)|baidu\.com\/[a-z0-9_]+_cgpu|habana\.ai\/gaudi|google\.com\/tpu|cloud-tpus\.google\.com\/.+)$/i;

/** Beside a vGPU resource these say how much of it, and are no devices themselves. */
const GPU_SHARE = /^(nvidia\.com\/(gpumem|gpumem-percentage|gpucores)|huawei\.com\/.*-memory)$/i;

export function isGpuResource(name: string): boolean {
  return GPU_RESOURCE.test(name) && !GPU_SHARE.test(name);
}

/** A resource of which several pods may hold the same device. MIG slices are apart from each other. */
export function isSharedGpuResource(name: string): boolean {
  return name === 'nvidia.com/gpu.shared' || GPU_SHARE.test(name);
}
