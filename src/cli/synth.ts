import { Command } from 'commander';
import { distChanges } from '../synth/dist-changes.js';
import { synthesize } from '../synth/synthesize.js';
import { isNothing, restoreDist, writeDist } from '../synth/writer.js';
import { Failed } from './report-error.js';
import { asOfOption, environmentOption, type RequestOptions, requestFor } from './request.js';
import { showChecked, showWritten, synthJson } from './show-synth.js';
import { coloursFor, print, printJson, say } from './terminal.js';

interface Options extends RequestOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

export function synthCommand(): Command {
  return new Command('synth')
    .description(
      'Writes the manifests of every environment to dist/, wholly or not at all. Without a selection: everything, and\n' +
        'what no selection describes any more goes. `npx cdk8s synth` writes the same bytes.',
    )
    .argument('[selection...]', 'names or files of selections; other folders of dist/ are left alone')
    .addOption(environmentOption())
    .option('--keep-going', 'write what is fine although something else is not; still exits with 1')
    .option('--check', 'write nothing; exit with 1 if dist/ would change, and list what')
    .addOption(asOfOption())
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ berth synth                              every selection, every environment
  $ berth synth chat -e staging              one environment; the others stay as they are
  $ berth synth --check                      in CI: is dist/ what the selections say?
  $ berth synth --keep-going                 one team's mistake does not hold up the others`,
    )
    .action(run);
}

function run(words: readonly string[], options: Options): void {
  const request = requestFor(words, options);
  restoreDist(request.root, say);
  const { environments, error, complete } = synthesize(request);
  if (error !== undefined && (!options.keepGoing || options.check)) throw error;
  const wanted = environments.flatMap(({ output }) => output ?? []);
  const changes = options.check
    ? distChanges(request.root, wanted, complete)
    : writeDist(request.root, wanted, complete, say);
  if (options.json && error === undefined) printJson(synthJson(environments, changes));
  else if (!options.json) {
    const show = options.check ? showChecked : showWritten;
    print(show(environments, changes, coloursFor(process.stdout)));
  }
  if (error !== undefined) throw error;
  if (options.check && !isNothing(changes)) throw new Failed();
}
