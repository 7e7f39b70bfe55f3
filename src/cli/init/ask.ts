import { confirm, isCancel, multiselect, select, text } from '@clack/prompts';
import type { Answers, Key, Partly } from './answers.js';
import type { Context, Question } from './question.js';

/** Thrown where the person at the terminal leaves. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const OTHER = '\0other';

/** Puts one question at the terminal, its reason below it and its default in it. */
export async function ask(question: Question, answers: Partly, context: Context): Promise<Answers[Key]> {
  const { texts } = context;
  const { ask: line, why } = texts.questions[question.key];
  const message = `${line} · ${why}`;
  const fallback = question.fallback?.(answers, context);
  const wrong = (value: unknown) => question.check?.(value, answers, context);
  switch (question.kind) {
    case 'text':
      return typed(message, fallback, wrong, String);
    case 'number':
      return typed(message, fallback, wrong, Number);
    case 'yes-no':
      return given(
        await confirm({
          message,
          active: texts.yes,
          inactive: texts.no,
          initialValue: fallback === true,
        }),
      );
    case 'several':
      return given(
        await multiselect({
          message,
          options: [...(question.choices?.(answers, context) ?? [])],
          required: false,
          showInstructions: false,
          maxItems: 10,
        }),
      ) as Answers['capabilities'];
    case 'choice': {
      const options = [...(question.choices?.(answers, context) ?? [])];
      const chosen = given(
        await select({
          message,
          options: question.open ? [...options, { value: OTHER, label: texts.other }] : options,
          showInstructions: false,
          ...(typeof fallback === 'string' && { initialValue: fallback }),
        }),
      );
      return chosen === OTHER ? typed(line, undefined, wrong, String) : chosen;
    }
  }
}

async function typed<T extends string | number>(
  message: string,
  fallback: Answers[Key] | undefined,
  wrong: (value: unknown) => string | undefined,
  read: (typed: string) => T,
): Promise<T> {
  const shown = fallback === undefined ? undefined : String(fallback);
  const line = given(
    await text({
      message,
      ...(shown !== undefined && { placeholder: shown, defaultValue: shown }),
      validate: (value) => {
        const word = value === undefined || value.trim() === '' ? shown : value.trim();
        return word === undefined ? wrong(undefined) : wrong(read(word));
      },
    }),
  );
  return read(line.trim());
}

function given<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Interrupted();
  return answer as Exclude<T, symbol>;
}
