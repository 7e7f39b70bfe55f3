/** What GPU feature discovery writes about one product. */
export interface GpuProduct {
  /** Value of nvidia.com/gpu.product: the driver's product name, spaces as hyphens. */
  readonly label: string;
  /** Value of nvidia.com/gpu.memory, as nvidia-smi reports it. */
  readonly memoryMib: number;
  readonly family: string;
  /** CUDA compute capability. */
  readonly compute: string;
}

const row = (label: string, memoryMib: number, family: string, compute: string): GpuProduct => ({
  label,
  memoryMib,
  family,
  compute,
});

/**
 * Label values from NVIDIA/k8s-device-plugin v0.20.0 (GPU feature discovery), memory from public nvidia-smi logs, read
 * November 2026. A manifest that asks for a product outside this table schedules nowhere here: check the label first.
 */
export const GPU_PRODUCTS: readonly GpuProduct[] = [
  row('Tesla-T4', 15360, 'turing', '7.5'),
  row('Tesla-V100-SXM2-32GB', 32768, 'volta', '7.0'),
  row('NVIDIA-L4', 23034, 'ada-lovelace', '8.9'),
  row('NVIDIA-A10', 23028, 'ampere', '8.6'),
  row('NVIDIA-A10G', 23028, 'ampere', '8.6'),
  row('NVIDIA-GeForce-RTX-3090', 24576, 'ampere', '8.6'),
  row('NVIDIA-GeForce-RTX-4090', 24564, 'ada-lovelace', '8.9'),
  row('NVIDIA-GeForce-RTX-5090', 32607, 'blackwell', '12.0'),
  row('NVIDIA-A40', 46068, 'ampere', '8.6'),
  row('NVIDIA-L20', 46068, 'ada-lovelace', '8.9'),
  row('NVIDIA-L40', 46068, 'ada-lovelace', '8.9'),
  row('NVIDIA-L40S', 46068, 'ada-lovelace', '8.9'),
  row('NVIDIA-RTX-A6000', 49140, 'ampere', '8.6'),
  row('NVIDIA-RTX-6000-Ada-Generation', 49140, 'ada-lovelace', '8.9'),
  row('NVIDIA-RTX-PRO-6000-Blackwell-Server-Edition', 97887, 'blackwell', '12.0'),
  row('NVIDIA-A100-SXM4-40GB', 40960, 'ampere', '8.0'),
  row('NVIDIA-A100-PCIE-40GB', 40960, 'ampere', '8.0'),
  row('NVIDIA-A100-SXM4-80GB', 81920, 'ampere', '8.0'),
  row('NVIDIA-A100-80GB-PCIe', 81920, 'ampere', '8.0'),
  row('NVIDIA-A800-SXM4-80GB', 81920, 'ampere', '8.0'),
  row('NVIDIA-H100-PCIe', 81559, 'hopper', '9.0'),
  row('NVIDIA-H100-80GB-HBM3', 81559, 'hopper', '9.0'),
  row('NVIDIA-H100-NVL', 95830, 'hopper', '9.0'),
  row('NVIDIA-H800', 81559, 'hopper', '9.0'),
  row('NVIDIA-H20', 97871, 'hopper', '9.0'),
  row('NVIDIA-H20-3e', 143771, 'hopper', '9.0'),
  row('NVIDIA-H200', 143771, 'hopper', '9.0'),
  row('NVIDIA-B200', 183359, 'blackwell', '10.0'),
  row('NVIDIA-GB200', 189471, 'blackwell', '10.0'),
  row('NVIDIA-B300-SXM6-AC', 275040, 'blackwell', '10.3'),
];
