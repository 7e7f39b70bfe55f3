import type { ConfigObject } from './config-reader.js';

/** Families that share embeddings and head, and do not say so in config.json. */
const TIED = [
  'gemma',
  'gemma2',
  'gemma3_text',
  'gemma3',
  'gemma4_text',
  'opt',
  'gpt2',
  'bloom',
  'falcon',
  'cohere',
  'cohere2',
  'starcoder2',
];
/** Families whose MLP has no gate. */
const UNGATED = [
  'opt',
  'gpt2',
  'gpt_neox',
  'gpt_bigcode',
  'gptj',
  'falcon',
  'bloom',
  'mpt',
  'phi',
  'starcoder2',
  'nemotron',
  'nemotron_h',
  'bert',
  'roberta',
  'xlm-roberta',
];

/** Whether embeddings and head are one matrix: as the file says, else as the family does. */
export function isTied(config: ConfigObject, text: ConfigObject, family: string): boolean {
  const said = text.tie_word_embeddings ?? text.tie_embedding ?? config.tie_word_embeddings;
  return typeof said === 'boolean' ? said : TIED.includes(family);
}

export function isUngated(family: string): boolean {
  return UNGATED.includes(family);
}

/** Families by the class of a file that does not name its own. */
const CLASSES: readonly [RegExp, string][] = [
  [/^GPTNeoX/, 'gpt_neox'],
  [/^GPTBigCode/, 'gpt_bigcode'],
  [/^GPTJ/, 'gptj'],
  [/^GPT2/, 'gpt2'],
  [/^(Falcon|RW)For/, 'falcon'],
  [/^Bloom/, 'bloom'],
  [/^MPT/, 'mpt'],
  [/^OPT/, 'opt'],
  [/^PhiFor/, 'phi'],
  [/^Starcoder2/, 'starcoder2'],
  [/^NemotronFor/, 'nemotron'],
  [/^Cohere2/, 'cohere2'],
  [/^Cohere/, 'cohere'],
  [/^Gemma3n/, 'gemma3n'],
  [/^Gemma2/, 'gemma2'],
  [/^GemmaFor/, 'gemma'],
  [/^Gemma3/, 'gemma3'],
];

export function familyOfClass(name: string): string | undefined {
  return CLASSES.find(([words]) => words.test(name))?.[1];
}
