import { issueMessage } from '../../catalog/issue-message.js';
import { readYaml } from '../../catalog/read-yaml.js';
import { problemsOf } from '../../catalog/schema-problems.js';
import { type Problem, UserError } from '../../error.js';
import { Answers, type Key, type Partly } from './answers.js';

type Flags = Readonly<Record<string, unknown>>;

/**
 * What flags and the answers file say; a flag wins.
 * @throws UserError with everything that is no answer.
 */
export function givenAnswers(flags: Flags, file: string | undefined, cwd: string): Partly {
  const problems: Problem[] = [];
  const fromFile = file === undefined ? {} : ofFile(file, cwd, problems);
  const fromFlags = Object.fromEntries(
    (Object.keys(Answers.shape) as Key[]).flatMap((key) => {
      const value = flags[key];
      return value === undefined ? [] : [[key, fromWord(key, value)]];
    }),
  );
  if (problems.length > 0) throw new UserError('nothing was written', problems);
  return { ...fromFile, ...fromFlags };
}

function ofFile(file: string, cwd: string, problems: Problem[]): Partly {
  const yaml = readYaml(file, cwd);
  const schema = Answers.partial();
  const read = schema.safeParse(yaml.data ?? {}, { error: issueMessage });
  problems.push(...yaml.problems, ...(read.success ? [] : problemsOf(read.error.issues, schema, yaml)));
  return read.data ?? {};
}

/** Flags are words: numbers and lists are read from them. */
function fromWord(key: Key, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key === 'capabilities') return value.split(',').filter((word) => word !== '');
  const number = [
    'aiEngineers',
    'concurrentUsers',
    'gpusPerNode',
    'nodes',
    'monthlyActiveUsers',
    'annualRevenueUsd',
  ];
  return number.includes(key) && /^\d+$/.test(value) ? Number(value) : value;
}
