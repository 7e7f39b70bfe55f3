import { en } from './texts/en.js';
import type { Texts } from './texts/texts.js';
import { zh } from './texts/zh.js';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const TEXTS: Readonly<Record<Language, Texts>> = { en, zh };

export function textsOf(language: Language): Texts {
  return TEXTS[language];
}

/** The language and, where it says so, the country of the terminal: `zh_CN.UTF-8` is Chinese and CN. */
export function localeOf(env: NodeJS.ProcessEnv): { readonly language: Language; readonly country?: string } {
  const word = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((one) => one !== undefined && one !== '') ?? '';
  const [, language, country] = /^([a-z]{2})_([A-Z]{2})/.exec(word) ?? [];
  return {
    language: (language ?? word).startsWith('zh') ? 'zh' : 'en',
    ...(country !== undefined && { country }),
  };
}
