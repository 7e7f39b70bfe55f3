import type * as z from 'zod';
import type { Architecture } from './architecture.js';
import { type ConfigObject, isObject, numberAt } from './config-reader.js';

type MoeInput = NonNullable<z.input<typeof Architecture>['moe']>;

/** The mixture of experts of a config.json; undefined for dense models. Key names of the families that vLLM serves. */
export function expertsOf(file: ConfigObject): MoeInput | undefined {
  // DBRX keeps its experts in a part of their own.
  const nested = isObject(file.ffn_config) ? file.ffn_config : {};
  const config: ConfigObject = { ...nested, ...file };
  const experts = numberAt(config, 'n_routed_experts', 'num_local_experts', 'num_experts', 'moe_num_experts');
  const width = numberAt(
    config,
    'moe_intermediate_size',
    'expert_ffn_hidden_size',
    'intermediate_size',
    'ffn_hidden_size',
  );
  if (experts === undefined || experts < 2 || width === undefined) return undefined;
  const perToken = numberAt(
    config,
    'num_experts_per_tok',
    'experts_per_token',
    'moe_topk',
    'moe_top_k',
    'moe_k',
    'top_k_experts',
  );
  const shared = numberAt(
    config,
    'n_shared_experts',
    'num_shared_experts',
    'num_shared_expert',
    'moe_num_shared_experts',
  );
  const sharedWidth = numberAt(
    config,
    'shared_expert_intermediate_size',
    'moe_shared_expert_intermediate_size',
    'shared_intermediate_size',
  );
  const llama4 = config.model_type === 'llama4_text';
  const denseWidth = numberAt(config, 'intermediate_size_mlp', 'intermediate_size');
  return {
    experts,
    expertsPerToken: perToken ?? 1,
    expertIntermediateSize: llama4 ? (numberAt(config, 'intermediate_size') ?? width) : width,
    sharedExperts: shared ?? (llama4 || sharedWidth !== undefined ? 1 : 0),
    ...(sharedWidth !== undefined && sharedWidth > 0 && { sharedIntermediateSize: sharedWidth }),
    denseLayers: denseLayersOf(config),
    ...(denseWidth !== undefined && { denseIntermediateSize: denseWidth }),
    everyNLayers:
      numberAt(config, 'interleave_moe_layer_step', 'decoder_sparse_step', 'moe_layer_interval') ?? 1,
  };
}

function denseLayersOf(config: ConfigObject): number {
  const only = config.mlp_only_layers;
  const listed = Array.isArray(only) ? only.length : 0;
  return numberAt(config, 'first_k_dense_replace', 'moe_layer_start_index', 'num_dense_layers') ?? listed;
}
