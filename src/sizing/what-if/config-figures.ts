import { blockParameters } from '../../catalog/config-blocks.js';
import { modelFromConfig } from '../../catalog/model-from-config.js';
import { parametersFromDimensions } from '../tensors.js';
import type { WhatIf } from './what-if.js';

interface Figures {
  readonly parameters?: number;
  readonly checkpointGib?: number;
  readonly weightsFrom?: string;
}

/** Parameters that a count may be off from the dimensions: packed 4-bit weights count an eighth, prediction layers add. */
const TRUSTED_SHARE = 0.12;

/**
 * What of the stated figures describes the weights that the engine loads. Layers that predict several tokens are in the
 * files and not in the engine, and packed weights are counted by their words: such figures are left out, and that is said.
 */
export function configFigures(
  config: Record<string, unknown>,
  checkpoint: WhatIf['checkpoint'],
): { readonly figures: Figures; readonly notes: readonly string[] } {
  if (checkpoint === undefined) return { figures: {}, notes: [] };
  const { architecture } = modelFromConfig(config, { name: 'model', checked: '2026-01-01' });
  const reckoned =
    blockParameters(architecture) ??
    (architecture.weightsModelled ? parametersFromDimensions(architecture) : undefined);
  const { parameters, gib } = checkpoint;
  const near = (count: number | undefined) =>
    count !== undefined && (reckoned === undefined || Math.abs(count / reckoned - 1) < TRUSTED_SHARE);
  const notes: string[] = [];
  const predicts = [config, config.text_config].some(predictsTokens);
  if (parameters !== undefined && !near(parameters)) {
    notes.push(`checkpoint.parameters ${parameters} is not what the dimensions give (${reckoned}): left out`);
  }
  if (predicts) {
    notes.push(
      'checkpoint holds layers that predict several tokens, which the engine leaves out: its figures are not used',
    );
    return { figures: {}, notes };
  }
  return {
    figures: {
      ...(near(parameters) && parameters !== undefined && { parameters: Math.round(parameters) }),
      ...(gib !== undefined && { checkpointGib: gib }),
      weightsFrom: 'checkpoint of the request',
    },
    notes,
  };
}

function predictsTokens(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  const { num_nextn_predict_layers: next, mtp_num_hidden_layers: mtp } = part as Record<string, unknown>;
  return Number(next ?? 0) > 0 || Number(mtp ?? 0) > 0;
}
