const FAMILIES: readonly [RegExp, string][] = [
  [/distill-qwen|qwen2|qwen1/i, 'Qwen 1.5–2.5'],
  [/qwen3-next|qwen3\.\d/i, 'Qwen with recurrent layers'],
  [/qwen3/i, 'Qwen 3'],
  [/llama|wizardlm/i, 'Llama and kin'],
  [/gemma/i, 'Gemma'],
  [/deepseek-coder/i, 'Llama and kin'],
  [/glm-4/i, 'GLM 4'],
  [/deepseek|kimi|glm/i, 'latent attention'],
  [/gpt-oss/i, 'gpt-oss'],
  [/granite/i, 'Granite'],
  [/mistral|ministral|mixtral/i, 'Mistral'],
  [/minimax/i, 'MiniMax'],
  [/opt-/i, 'OPT'],
];

/** The family of a model by its name or repository. */
export function familyOfModel(model: string): string {
  const name = model.replace(/^.*\//, '');
  return FAMILIES.find(([words]) => words.test(name))?.[1] ?? name;
}
