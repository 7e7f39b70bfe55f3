import { UserError } from '../error.js';
import { type Comparison, comparePlans, type Difference } from '../report/compare.js';
import type { SynthRequest } from '../synth/request.js';
import { type SynthesizedEnvironment, synthesize } from '../synth/synthesize.js';
import { columns } from './table.js';
import type { Colours } from './terminal.js';

/** Comparisons of each selection that has all of the environments, and what keeps some from being written. */
export interface Compared {
  readonly comparisons: readonly Comparison[];
  readonly error?: UserError;
}

/**
 * Plans the environments of these names and holds them against each other, selection by selection.
 * @throws UserError where no selection has all of them, or one cannot be planned.
 */
export function compareEnvironments(request: SynthRequest, names: readonly string[]): Compared {
  const wanted = [...new Set(names)];
  if (wanted.length < 2)
    throw new UserError('nothing to compare', [
      { message: 'two environments at least are compared', fix: '--compare staging production' },
    ]);
  const results = wanted.map((environment) => synthesize({ ...request, environment, keepGoing: true }));
  const failed = results.find(({ error, allPlanned }) => error !== undefined && !allPlanned);
  if (failed?.error) throw failed.error;
  const bySelection = new Map<string, SynthesizedEnvironment[]>();
  for (const one of results.flatMap(({ environments }) => environments))
    bySelection.set(one.plan.name, [...(bySelection.get(one.plan.name) ?? []), one]);
  const whole = [...bySelection.values()].filter((found) => found.length === wanted.length);
  if (whole.length === 0) throw noneHasAll(wanted, bySelection);
  const error = results.find((result) => result.error !== undefined)?.error;
  return { comparisons: whole.map(comparePlans), ...(error && { error }) };
}

function noneHasAll(
  wanted: readonly string[],
  found: ReadonlyMap<string, readonly SynthesizedEnvironment[]>,
): UserError {
  const has = [...found].map(
    ([name, environments]) => `${name} has ${environments.map(({ plan }) => plan.environment).join(', ')}`,
  );
  const message = `no selection has all of ${wanted.join(', ')}; of them ${has.join('; ')}`;
  return new UserError('nothing to compare', [{ message }]);
}

/** Side by side: a column for each environment, rows where they differ. */
export function showComparison(comparison: Comparison, colours: Colours): string {
  const { selection, environments, settings, numbers, findings, same } = comparison;
  const table = (title: string, rows: readonly Difference[]) =>
    rows.length === 0
      ? []
      : [
          columns({
            head: [title, ...environments].map((word) => colours.bold(word)),
            rows: rows.map(({ key, values }) => [key, ...values.map((value) => value ?? '–')]),
          }),
        ];
  const parts = [
    ...table('settings', settings),
    ...table('numbers', numbers),
    ...list(findings, environments, colours),
  ];
  const nothing = parts.length === 0 ? ['nothing differs'] : [];
  return [
    colours.bold(`${selection}: ${environments.join(' against ')}`),
    ...parts,
    ...nothing,
    colours.dim(`${same} settings, numbers and findings are the same`),
  ].join('\n\n');
}

/** Sentences do not fit side by side: each environment says its own below the check. */
function list(rows: readonly Difference[], environments: readonly string[], colours: Colours): string[] {
  if (rows.length === 0) return [];
  const lines = rows.flatMap(({ key, values }) => [
    `  ${key}`,
    ...values.flatMap((value, at) =>
      (value ?? '–').split('\n').map((line) => `    ${environments[at]}: ${line}`),
    ),
  ]);
  return [[colours.bold('findings'), ...lines].join('\n')];
}
