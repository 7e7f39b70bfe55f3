import type { EngineTable } from '../catalog/engine.js';
import { atLeast, isV1Engine } from './engine-version.js';

/** The card as far as the engine's defaults look at it. */
export interface Card {
  readonly name: string;
  readonly memoryGib: number;
  readonly computeCapability: string | null;
}

/** Settings that `vllm serve` chooses by the card. */
export interface BatchDefaults {
  readonly maxNumSeqs: number;
  readonly maxNumBatchedTokens: number;
}

/**
 * The first row of the version's table whose condition the card meets. The conditions are the table's own words:
 * memory, the name without `a100`, a compute capability that is left out.
 */
export function batchDefaults(engine: EngineTable, card: Card, maxModelLen: number): BatchDefaults {
  if (!isV1Engine(engine.version, card.computeCapability)) return oldBatchDefaults(maxModelLen);
  const rows = engine.defaults.vllm_serve_by_hardware;
  const row = rows.find(({ device_memory }) => meets(device_memory, card)) ?? rows.at(-1);
  if (row === undefined) throw new Error(`engine table ${engine.version} has no defaults by hardware`);
  // 0.8.0–0.8.4 gave every card 1024 sequences.
  const seqs = atLeast(engine.version, '0.8.5') ? row.max_num_seqs : 1024;
  return { maxNumSeqs: seqs, maxNumBatchedTokens: row.max_num_batched_tokens };
}

/** The V0 engine: whole prompts in one step up to 32k tokens, else chunks of 2048 (512 before 0.6.4). */
function oldBatchDefaults(maxModelLen: number): BatchDefaults {
  const chunked = maxModelLen > 32_768;
  return { maxNumSeqs: 256, maxNumBatchedTokens: chunked ? 2048 : Math.max(maxModelLen, 2048) };
}

function meets(condition: string, card: Card): boolean {
  if (condition === 'otherwise') return true;
  const memory = /^>= (\d+) GiB/.exec(condition);
  if (memory === null || card.memoryGib < Number(memory[1])) return false;
  if (/without a100/.test(condition) && /a100/i.test(card.name)) return false;
  const barred = /not compute capability (\d+\.\d+)/.exec(condition);
  return barred === null || barred[1] !== card.computeCapability;
}
