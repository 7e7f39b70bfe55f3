import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type CatalogKind, openCatalog } from '../catalog/catalog.js';
import { DATED, type StaleEntry, staleEntries } from '../catalog/stale.js';
import { UserError } from '../error.js';
import { findProjectRoot } from '../selection/project.js';
import { LISTS } from './list-tables.js';
import type { Listing } from './listing.js';
import { day } from './request.js';
import { columns } from './table.js';
import { coloursFor, print, printJson, say } from './terminal.js';

interface Options {
  readonly json?: boolean;
  readonly stale?: boolean;
  readonly asOf?: string;
  readonly days: number;
}

/** Where the word of a list is not the name of the folder. */
const KINDS: Readonly<Record<string, CatalogKind>> = { profiles: 'sizing' };

export function listCommand(): Command {
  return new Command('list')
    .description(
      "Lists what there is, the project's own profiles in front of those of the package. `?` is what nobody knows.",
    )
    .addArgument(new Argument('[kind]', 'what to list').choices(Object.keys(LISTS)))
    .option('--stale', 'list the entries that nobody has looked at for long; without a kind: of every kind')
    .addOption(
      new Option('--as-of <date>', 'old as on this day, YYYY-MM-DD')
        .default(undefined, 'today in UTC')
        .argParser(day),
    )
    .addOption(new Option('--days <n>', 'how many days are long').default(180).argParser(wholeDays))
    .option('--json', 'print the list as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx berth list models                      ids for \`model:\` in a selection
  $ npx berth list accelerators | grep h100
  $ npx berth list clusters                    ids for \`cluster.kind\`
  $ npx berth list --stale --days 90           whose facts are older than three months?
  $ npx berth list checks --json | jq -r '.[].id'`,
    )
    .action(run);
}

function run(kind: string | undefined, options: Options): void {
  if (options.stale) {
    listStale(kind, options);
    return;
  }
  if (kind === undefined)
    throw new UserError('nothing to list', [
      { message: 'say what to list', fix: `one of: ${Object.keys(LISTS).join(', ')}; or --stale` },
    ]);
  const listing = LISTS[kind]?.(openCatalog(findProjectRoot(process.cwd())));
  if (listing === undefined) throw new Error(`no list of ${kind}`);
  show(listing, options);
}

function listStale(kind: string | undefined, options: Options): void {
  const folder = kind === undefined ? undefined : (KINDS[kind] ?? (kind as CatalogKind));
  if (folder !== undefined && !DATED.includes(folder))
    throw new UserError('nothing to list', [
      { message: `${kind} are part of Berth itself and carry no day`, fix: 'leave the kind out' },
    ]);
  const { days, asOf = new Date().toISOString().slice(0, 10) } = options;
  const catalog = openCatalog(findProjectRoot(process.cwd()));
  const found = staleEntries(catalog, folder === undefined ? DATED : [folder], asOf, days);
  if (found.length === 0 && !options.json) {
    say(`nothing was last looked at more than ${days} days before ${asOf}`);
    return;
  }
  show(table(found), options);
}

function table(found: readonly StaleEntry[]): Listing {
  return {
    head: ['kind', 'id', 'last looked at', 'days ago'],
    align: 'lllr',
    rows: found.map(({ kind, id, checked, ageDays }) => [kind, id, checked, String(ageDays)]),
    records: found.map((entry) => ({ ...entry })),
  };
}

function show(listing: Listing, { json }: Options): void {
  if (json) {
    printJson(listing.records);
    return;
  }
  const { bold } = coloursFor(process.stdout);
  print(columns({ ...listing, head: listing.head.map((word) => bold(word)) }));
}

function wholeDays(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number of days is needed.');
  return Number(text);
}
