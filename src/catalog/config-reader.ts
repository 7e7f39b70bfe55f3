/** A Hugging Face `config.json`, or the part of it that describes the language model. */
export type ConfigObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is ConfigObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of the keys that holds a number; of a list, its first number. Names differ between families. */
export function numberAt(config: ConfigObject, ...keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = Array.isArray(config[key]) ? config[key][0] : config[key];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return undefined;
}

export function textAt(config: ConfigObject, key: string): string | undefined {
  return typeof config[key] === 'string' ? config[key] : undefined;
}

/** Multimodal models keep the language model's keys one or two levels down. */
export function languagePart(config: ConfigObject): ConfigObject {
  const inner = ['text_config', 'language_config', 'llm_config', 'thinker_config'].find((key) =>
    isObject(config[key]),
  );
  return inner === undefined ? config : languagePart(config[inner] as ConfigObject);
}
