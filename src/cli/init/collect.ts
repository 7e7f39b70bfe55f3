import { type Problem, UserError } from '../../error.js';
import { Answers, flagOf, type Key, type Partly } from './answers.js';
import type { Context, Question } from './question.js';
import { QUESTIONS } from './questions.js';

/** Where answers come from. */
export interface Sources {
  /** By flags and the answers file. */
  readonly given: Partly;
  /** Take every default that there is. */
  readonly defaults: boolean;
  /** Puts a question at the terminal; undefined where there is none. */
  readonly ask:
    | ((question: Question, answers: Partly, context: Context) => Promise<Answers[Key]>)
    | undefined;
}

/** Every answer that this selection needs, no more. */
export async function collect(context: Context, { given, defaults, ask }: Sources): Promise<Partly> {
  // No question: it follows from the team, unless somebody says it.
  let answers: Partly = given.scheme === undefined ? {} : { scheme: given.scheme };
  const problems: Problem[] = [];
  for (const question of QUESTIONS) {
    const { key } = question;
    if (question.asked !== undefined && !question.asked(answers, context)) continue;
    // Where an answer before it is missing, that is what must be said.
    if (key === 'provider' && problems.length === 0 && question.choices?.(answers, context).length === 0)
      throw closed(context.texts.closed.neither);
    const stated = given[key] ?? (defaults ? question.fallback?.(answers, context) : undefined);
    if (stated !== undefined) {
      const wrong = check(question, stated, answers, context);
      if (wrong !== undefined) problems.push({ message: `${flagOf(key)} ${String(stated)}: ${wrong}` });
      answers = { ...answers, [key]: stated };
    } else if (ask === undefined) problems.push(missing(question, answers, context));
    else if (question.key === 'model' && question.choices?.(answers, context).length === 0)
      throw closed(context.texts.closed.noModel);
    else answers = { ...answers, [key]: await ask(question, answers, context) };
  }
  if (problems.length > 0) throw new UserError('nothing was written', problems);
  return answers;
}

function closed(message: string): UserError {
  return new UserError('nothing was written', [{ message, fix: '`berth list schemes` shows what there is' }]);
}

function check(question: Question, value: unknown, answers: Partly, context: Context): string | undefined {
  const { key, choices, open } = question;
  const wrong = question.check?.(value, answers, context);
  if (wrong !== undefined) return wrong;
  const read = Answers.shape[key].safeParse(value);
  if (read.success) return undefined;
  const values = open ? [] : (choices?.(answers, context) ?? []).map((one) => one.value);
  return values.length > 0 ? values.join(', ') : (read.error.issues[0]?.message ?? '');
}

function missing({ key, choices, fallback }: Question, answers: Partly, context: Context): Problem {
  const { ask, why } = context.texts.questions[key];
  const values = (choices?.(answers, context) ?? []).map(({ value }) => value);
  const taken = fallback?.(answers, context);
  return {
    message: `missing ${flagOf(key)}: ${ask} · ${why}`,
    fix: [
      ...(values.length > 0 ? [`one of: ${values.join(', ')}`] : []),
      ...(taken === undefined ? [] : [`--yes takes ${Array.isArray(taken) ? 'none' : String(taken)}`]),
    ],
  };
}
