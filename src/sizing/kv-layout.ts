import type { Architecture } from '../catalog/architecture.js';
import type { Checkpoint } from '../catalog/model.js';
import { cacheValueBytes, entryBytes } from './cache-entry.js';
import { atLeast, isV1Engine } from './engine-version.js';

/** Layers of one rank that cache in the same way. */
export interface CacheGroup {
  readonly cache: 'full' | 'window' | 'chunk' | 'state';
  readonly layers: number;
  /** Bytes of one token in one layer; 0 for states. */
  readonly bytesPerToken: number;
  /** Tokens of the window or chunk; 0 where the cache is not bounded so. */
  readonly span: number;
  /** Bytes of one sequence in one layer; 0 for growing caches. */
  readonly stateBytes: number;
  /** Extra bytes per token and layer that another cache keeps beside this one (indexers). */
  readonly indexerBytes: number;
}

export interface KvLayoutInput {
  readonly architecture: Architecture;
  readonly precision: Checkpoint['precision'];
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
  readonly kvCacheDtype: string;
  readonly engineVersion: string;
  readonly computeCapability: string | null;
}

/** How the layers of the fullest rank cache. Layers without a cache are left out. */
export function cacheGroups(input: KvLayoutInput): CacheGroup[] {
  const { architecture, tensorParallelSize, pipelineParallelSize, kvCacheDtype, engineVersion } = input;
  const valueBytes = cacheValueBytes(kvCacheDtype, input.precision);
  const groups = architecture.layerGroups ?? [{ cache: 'full' as const, layers: architecture.layers }];
  return groups.flatMap((group) => {
    if (group.cache === 'none') return [];
    return {
      cache: group.cache,
      layers: Math.ceil(group.layers / pipelineParallelSize),
      bytesPerToken: entryBytes(
        architecture,
        group,
        tensorParallelSize,
        kvCacheDtype,
        valueBytes,
        engineVersion,
      ),
      span: group.cache === 'window' ? group.window : group.cache === 'chunk' ? group.chunk : 0,
      stateBytes: group.cache === 'state' ? (group.bytesPerSequence ?? 0) / tensorParallelSize : 0,
      indexerBytes: group.cache === 'state' ? 0 : architecture.indexerBytesPerTokenAndLayer,
    };
  });
}

/** Bytes of cache that each further token takes on the rank, windows not yet full. */
export function kvBytesPerToken(groups: readonly CacheGroup[]): number {
  return groups.reduce((sum, group) => sum + group.layers * (group.bytesPerToken + group.indexerBytes), 0);
}

/** Constant bytes of one running sequence on the rank. */
export function stateBytesPerSequence(groups: readonly CacheGroup[]): number {
  return groups.reduce((sum, group) => sum + group.layers * group.stateBytes, 0);
}

/** True where the engine manages unlike layers as separate groups of blocks (vLLM's hybrid KV cache manager). */
export function managesGroupsApart(groups: readonly CacheGroup[], input: KvLayoutInput): boolean {
  const kinds = new Set(groups.map((group) => group.cache));
  return (
    kinds.size > 1 &&
    isV1Engine(input.engineVersion, input.computeCapability) &&
    atLeast(input.engineVersion, '0.9.2')
  );
}
