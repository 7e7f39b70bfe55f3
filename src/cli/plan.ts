import { Command, Option } from 'commander';
import { synthesize } from '../synth/synthesize.js';
import { compareEnvironments, showComparison } from './compare.js';
import { Failed, reportError } from './report-error.js';
import { asOfOption, environmentOption, type RequestOptions, requestFor } from './request.js';
import { showPlan } from './show-plan.js';
import { coloursFor, print, printJson, say } from './terminal.js';

interface Options extends RequestOptions {
  readonly compare?: readonly string[];
  readonly json?: boolean;
}

export function planCommand(): Command {
  return new Command('plan')
    .description(
      'Shows what would run: sizing, engine arguments, findings with their remedies, and where each value came from.\n' +
        'Builds and checks the manifests in memory; writes nothing.',
    )
    .argument('[selection...]', 'names or files of selections; without: all')
    .addOption(environmentOption())
    .addOption(asOfOption())
    .addOption(
      new Option(
        '--compare <environments...>',
        'what differs between environments of one selection, side by side',
      ).conflicts('environment'),
    )
    .option('--json', 'print the plan as JSON; an array where it is not exactly one environment')
    .addHelpText(
      'after',
      `
Examples:
  $ npx berth plan chat -e production          everything about one environment
  $ npx berth plan chat -e production --json | jq '.servers[0].sizing.kvCacheTokens'
  $ npx berth plan chat --compare staging production
  $ npx berth plan --as-of 2027-06-30          which accepted findings will have ended by then?

Exit code 1 where something keeps the manifests from being written.`,
    )
    .action(run);
}

function run(words: readonly string[], options: Options): void {
  if (options.compare !== undefined) {
    compare(words, options, options.compare);
    return;
  }
  const { environments, error, allPlanned } = synthesize({ ...requestFor(words, options), keepGoing: true });
  if (options.json) {
    if (error !== undefined && !allPlanned) throw error;
    const plans = environments.map(({ plan, findings }) => ({ ...plan, findings }));
    printJson(plans.length === 1 ? plans[0] : plans);
  } else {
    const colours = coloursFor(process.stdout);
    if (environments.length > 0) print(environments.map((one) => showPlan(one, colours)).join('\n\n\n'));
  }
  if (error === undefined) return;
  if (allPlanned && !options.json) {
    const word = coloursFor(process.stderr).red('error');
    say(`\n${word}: ${error.summary}: see the findings above`);
  } else reportError(error, false);
  throw new Failed();
}

function compare(words: readonly string[], options: Options, names: readonly string[]): void {
  const { comparisons, error } = compareEnvironments(requestFor(words, options), names);
  const colours = coloursFor(process.stdout);
  if (options.json) printJson(comparisons.length === 1 ? comparisons[0] : comparisons);
  else print(comparisons.map((one) => showComparison(one, colours)).join('\n\n\n'));
  if (error === undefined) return;
  reportError(error, false);
  throw new Failed();
}
