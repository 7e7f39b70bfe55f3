import { Argument, Command } from 'commander';
import { openCatalog } from '../catalog/catalog.js';
import { findProjectRoot } from '../selection/project.js';
import { LISTS } from './list-tables.js';
import { columns } from './table.js';
import { coloursFor, print, printJson } from './terminal.js';

export function listCommand(): Command {
  return new Command('list')
    .description(
      "Lists what there is, the project's own profiles in front of those of the package. `?` is what nobody knows.",
    )
    .addArgument(new Argument('<kind>', 'what to list').choices(Object.keys(LISTS)))
    .option('--json', 'print the list as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx berth list models                      ids for \`model:\` in a selection
  $ npx berth list accelerators | grep h100
  $ npx berth list checks --json | jq -r '.[].id'`,
    )
    .action(run);
}

function run(kind: string, options: { json?: boolean }): void {
  const listing = LISTS[kind]?.(openCatalog(findProjectRoot(process.cwd())));
  if (listing === undefined) throw new Error(`no list of ${kind}`);
  if (options.json) {
    printJson(listing.records);
    return;
  }
  const { bold } = coloursFor(process.stdout);
  print(columns({ ...listing, head: listing.head.map((word) => bold(word)) }));
}
