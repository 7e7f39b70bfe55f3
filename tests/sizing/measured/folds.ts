import { fitConstants } from './fit.js';
import { type Graded, grade } from './grade.js';
import type { MeasuredRow } from './rows.js';

/** Grades every row with constants fitted without the rows of its own fold. */
export function gradeByFold(rows: readonly MeasuredRow[], foldOf: (row: MeasuredRow) => string): Graded[] {
  return [...new Set(rows.map(foldOf))].flatMap((fold) => {
    const constants = fitConstants(rows.filter((row) => foldOf(row) !== fold));
    return rows.filter((row) => foldOf(row) === fold).map((row) => grade(row, constants));
  });
}

const FAMILIES: readonly [RegExp, string][] = [
  [/distill-qwen|qwen2|qwen1/i, 'Qwen 1.5–2.5'],
  [/qwen3-next|qwen3\.\d/i, 'Qwen with recurrent layers'],
  [/qwen3/i, 'Qwen 3'],
  [/llama|wizardlm/i, 'Llama and kin'],
  [/gemma/i, 'Gemma'],
  [/deepseek-coder/i, 'Llama and kin'],
  [/deepseek|kimi|glm/i, 'latent attention'],
  [/gpt-oss/i, 'gpt-oss'],
  [/granite/i, 'Granite'],
  [/mistral/i, 'Mistral'],
  [/minimax/i, 'MiniMax'],
  [/opt-/i, 'OPT'],
];

export function familyOf({ model }: MeasuredRow): string {
  const name = model.replace(/^.*\//, '');
  return FAMILIES.find(([words]) => words.test(name))?.[1] ?? name;
}

export function cardOf({ card }: MeasuredRow): string {
  return card.replace(/ \(.*/, '');
}
