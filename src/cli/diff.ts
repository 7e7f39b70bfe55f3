import { Command } from 'commander';
import { distChanges } from '../synth/dist-changes.js';
import { objectChanges } from '../synth/object-changes.js';
import { synthesize } from '../synth/synthesize.js';
import { restoreDist } from '../synth/writer.js';
import { environmentOption, type RequestOptions, requestFor } from './request.js';
import { showDiff } from './show-diff.js';
import { coloursFor, print, printJson, say } from './terminal.js';

interface Options extends RequestOptions {
  readonly json?: boolean;
}

export function diffCommand(): Command {
  return new Command('diff')
    .description(
      'Shows what a synth would change in dist/, object by object and field by field. Writes nothing.',
    )
    .argument('[selection...]', 'names or files of selections; without: everything')
    .addOption(environmentOption())
    .option('--json', 'print the changes as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx berth diff                        after an edit: which objects change, and where
  $ npx berth diff chat -e production     one environment
  $ npx berth diff --json | jq -r '.objects[] | "\\(.kind)/\\(.name)"'

Exit code 0 whether or not something changes; \`berth synth --check\` is for pipelines.`,
    )
    .action(run);
}

function run(words: readonly string[], options: Options): void {
  const request = requestFor(words, options);
  restoreDist(request.root, say);
  const { environments, error, complete } = synthesize(request);
  if (error !== undefined) throw error;
  const wanted = environments.flatMap(({ output }) => output ?? []);
  const difference = objectChanges(distChanges(request.root, wanted, complete).files);
  if (options.json) printJson(difference);
  else print(showDiff(difference, coloursFor(process.stdout)));
}
