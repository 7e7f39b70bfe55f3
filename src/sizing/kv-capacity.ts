import { atLeast } from './engine-version.js';
import { type BlockPool, groupedPool, type PoolSettings, uniformPool } from './kv-blocks.js';
import {
  cacheGroups,
  type KvLayoutInput,
  kvBytesPerToken,
  managesGroupsApart,
  stateBytesPerSequence,
} from './kv-layout.js';

/** What a number of bytes for the cache is worth. */
export interface KvCapacity {
  /** Tokens as the engine's line "GPU KV cache size" gives them. */
  readonly tokens: number;
  /** Requests of `maxModelLen` tokens at once. */
  readonly concurrency: number;
}

/** The cache of one rank: what tokens and sequences cost, and how bytes turn into tokens. */
export interface KvCache {
  readonly bytesPerToken: number;
  readonly stateBytesPerSequence: number;
  /** Bytes that one request of `maxModelLen` tokens takes. */
  readonly bytesPerRequest: number;
  capacity(bytes: number): KvCapacity;
}

export function kvCacheOf(input: KvLayoutInput, settings: PoolSettings): KvCache {
  const groups = cacheGroups(input);
  const state = stateBytesPerSequence(groups);
  if (groups.length === 0) return { ...NO_CACHE };
  const apart = managesGroupsApart(groups, input);
  const pool = apart ? groupedPool(groups, settings) : uniformPool(groups, settings);
  const perRequest = pool.blockBytes * pool.blocksPerRequest + (apart ? 0 : state);
  const hasState = state > 0;
  return {
    // Window layers take the padded share of their group; states take nothing for a further token.
    bytesPerToken:
      apart && !hasState ? (pool.blockBytes * pool.groups) / pool.blockSize : kvBytesPerToken(groups),
    stateBytesPerSequence: state,
    bytesPerRequest: perRequest,
    capacity: (bytes) => capacityOf(pool, Math.max(0, bytes), settings, apart),
  };
}

/** Encoders keep nothing: any number of requests fits. */
const NO_CACHE: KvCache = {
  bytesPerToken: 0,
  stateBytesPerSequence: 0,
  bytesPerRequest: 0,
  capacity: () => ({ tokens: 0, concurrency: 0 }),
};

function capacityOf(pool: BlockPool, bytes: number, settings: PoolSettings, apart: boolean): KvCapacity {
  const blocks = Math.floor(bytes / pool.blockBytes);
  const concurrency = blocks / pool.blocksPerRequest;
  // From 0.24 on the engine prints concurrency × max_model_len (vLLM #51041).
  if (apart && atLeast(settings.engineVersion, '0.24.0')) {
    return { tokens: Math.floor(concurrency * settings.maxModelLen), concurrency };
  }
  return { tokens: Math.floor(blocks / pool.groups) * pool.blockSize, concurrency };
}
