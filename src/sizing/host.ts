import type { Checkpoint, ModelProfile } from '../catalog/model.js';
import { GIB } from './gib.js';
import type { HostNeeds, SizedSettings } from './types.js';
import { fileBytes } from './weights.js';

/** Reading speed of a volume that nobody has measured, GiB/s: a network volume of the slow kind. */
export const DEFAULT_READ_GIB_PER_SECOND = 0.5;

/** Tokenizer, configuration and index beside the weights. */
const SMALL_FILES_GIB = 0.05;
/** Interpreter, libraries and pinned buffers of one process. */
const PROCESS_GIB = 4;
/** Ring buffer of the workers' message queue, ~240 MiB (vLLM ShmRingBuffer), and NCCL's segments for each rank. */
const RING_BUFFER_GIB = 0.25;
const NCCL_PER_RANK_GIB = 0.5;

/** Imports and engine start, compile of one layer, capture of the CUDA graphs: seconds. Start-up logs of 0.19–0.28. */
const START_SECONDS = 40;
const COMPILE_SECONDS_PER_LAYER = 1.5;
const CAPTURE_SECONDS = 30;

/**
 * What the pod needs beside the accelerators. Weights pass through the page cache, which counts against the pod but can
 * be reclaimed: host memory holds one node's share of the weights and 10 %, at least 16 GiB.
 *
 * @param gpusPerNode Accelerators of the pod: one pod a node.
 */
export function hostNeeds(
  model: ModelProfile,
  checkpoint: Checkpoint,
  settings: SizedSettings,
  gpusPerNode: number,
  readGibPerSecond = DEFAULT_READ_GIB_PER_SECOND,
): HostNeeds {
  const filesGib = fileBytes(model, checkpoint) / GIB + SMALL_FILES_GIB;
  const ranks = Math.min(settings.gpus, gpusPerNode);
  const share = (filesGib * ranks) / settings.gpus;
  const compiled = settings.enforceEager
    ? 0
    : COMPILE_SECONDS_PER_LAYER * model.architecture.layers + CAPTURE_SECONDS;
  // Twice the reckoned need: a full /dev/shm kills NCCL without a word.
  const shared = settings.gpus === 1 ? 0 : Math.ceil(2 * (RING_BUFFER_GIB + NCCL_PER_RANK_GIB * ranks));
  return {
    memoryGib: Math.max(16, Math.ceil(share * 1.1 + PROCESS_GIB * ranks)),
    sharedMemoryGib: shared,
    cpus: 3 + ranks,
    filesGib: Math.ceil(filesGib * 10) / 10,
    startupSeconds: Math.ceil(share / readGibPerSecond + START_SECONDS + compiled),
    readGibPerSecond,
  };
}
