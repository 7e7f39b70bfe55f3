import { atLeast } from './engine-version.js';
import type { CacheGroup } from './kv-layout.js';

/** A block pool of the engine: what a block costs, and how many one request of `maxModelLen` tokens needs. */
export interface BlockPool {
  readonly blockBytes: number;
  /** Tokens of one block of the layers that keep the full context. */
  readonly blockSize: number;
  /** Groups of layers that take blocks of their own. */
  readonly groups: number;
  readonly blocksPerRequest: number;
}

export interface PoolSettings {
  readonly blockSize: number;
  readonly maxModelLen: number;
  readonly maxNumBatchedTokens: number;
  readonly engineVersion: string;
}

/** All layers alike: one block holds `blockSize` tokens of every layer. */
export function uniformPool(groups: readonly CacheGroup[], settings: PoolSettings): BlockPool {
  const bytes = groups.reduce(
    (sum, group) => sum + group.layers * (group.bytesPerToken + group.indexerBytes),
    0,
  );
  return {
    blockBytes: bytes * settings.blockSize,
    blockSize: settings.blockSize,
    groups: 1,
    blocksPerRequest: Math.ceil(settings.maxModelLen / settings.blockSize),
  };
}

/**
 * Unlike layers: equal groups of layers (the last of a kind padded), each with blocks of one common size in bytes.
 * Source: vLLM v1/core/kv_cache_utils.py, reproduced on measured starts (Qwen3-Next 14.77 requests, gpt-oss 284.25).
 */
export function groupedPool(groups: readonly CacheGroup[], settings: PoolSettings): BlockPool {
  const groupSize = layersPerGroup(groups.map((group) => group.layers));
  const attention = groups.filter((group) => group.cache !== 'state');
  const widest = Math.max(...attention.map((group) => group.bytesPerToken + group.indexerBytes));
  const state = Math.max(...groups.map((group) => group.stateBytes));
  // A block of the attention layers must hold a whole state: their block grows, in steps of 16 tokens.
  const blockSize = Math.max(settings.blockSize, Math.ceil(state / widest / 16) * 16);
  const pageBytes = blockSize * widest;
  const counted = groups.map((group) => ({ group, parts: Math.ceil(group.layers / groupSize) }));
  const blocks = counted.map(({ group, parts }) => parts * blocksOfRequest(group, pageBytes, settings));
  return {
    blockBytes: pageBytes * groupSize,
    blockSize,
    groups: counted.reduce((sum, { parts }) => sum + parts, 0),
    blocksPerRequest: blocks.reduce((sum, count) => sum + count, 0),
  };
}

/** The smallest kind sets the size, unless the kinds are within a quarter of each other. */
function layersPerGroup(counts: readonly number[]): number {
  const smallest = Math.min(...counts);
  const largest = Math.max(...counts);
  return largest < 1.25 * smallest ? largest : smallest;
}

/** Blocks that one group of layers of this kind holds for a request of `maxModelLen` tokens. */
function blocksOfRequest(group: CacheGroup, pageBytes: number, settings: PoolSettings): number {
  const { maxModelLen, maxNumBatchedTokens, engineVersion } = settings;
  // Since 0.20 prefix caching keeps a second state a sequence: two starts of 0.26 show 2, one of 0.19 shows 1.
  if (group.cache === 'state') return atLeast(engineVersion, '0.20.0') ? 2 : 1;
  const tokensPerBlock = Math.floor(pageBytes / (group.bytesPerToken + group.indexerBytes));
  const blocksFor = (tokens: number) => Math.ceil(Math.min(tokens, maxModelLen) / tokensPerBlock);
  if (group.cache === 'window') return blocksFor(group.span - 1 + maxNumBatchedTokens) + 1;
  if (group.cache === 'chunk') return blocksFor(group.span + maxNumBatchedTokens);
  return blocksFor(maxModelLen);
}
