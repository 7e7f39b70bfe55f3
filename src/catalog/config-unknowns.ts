import type { Architecture } from './architecture.js';
import { type ConfigObject, numberAt } from './config-reader.js';

interface Read {
  readonly config: ConfigObject;
  readonly text: ConfigObject;
  readonly architecture: Architecture;
  readonly statesContext: boolean;
}

/** What a config.json leaves open, and what was taken from the family's habits instead of the file. */
export function unknownsOf({ config, text, architecture, statesContext }: Read): string[] {
  const saysTied = [text, config].some(
    ({ tie_word_embeddings: tied, tie_embedding: old }) => typeof (tied ?? old) === 'boolean',
  );
  const recurrent = (text.mamba_d_state ?? text.ssm_state_size ?? null) !== null;
  const statesType = ['mamba_ssm_cache_dtype', 'mamba_ssm_dtype'].some((key) => text[key] !== undefined);
  const found: (string | false | undefined)[] = [
    'its licence, its release date, and whether it speaks Chinese: config.json says nothing of them',
    'names of its parsers for tool calls and reasoning',
    architecture.moe !== undefined && 'its active parameters',
    !saysTied &&
      `whether embeddings and head are one matrix: ${architecture.tiedEmbeddings ? 'yes' : 'no'}, as the family is known to`,
    !statesContext && 'its longest context: the file states none, 8192 is a guess',
    numberAt(text, 'head_dim', 'kv_channels', 'attention_head_dim') === undefined &&
      architecture.mla === undefined &&
      'its head size: the hidden size dealt out to the attention heads',
    recurrent && !statesType && 'the number format of its recurrent state: the one of its weights is taken',
    (numberAt(text, 'num_nextn_predict_layers', 'mtp_num_hidden_layers') ?? 0) > 0 &&
      'how much its layers that predict several tokens add to the files; the engine leaves them out',
    !architecture.kvCacheModelled && 'how its layers cache: it cannot be sized',
  ];
  return found.filter((line) => typeof line === 'string');
}
