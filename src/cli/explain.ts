import { Command } from 'commander';
import { stringify } from 'yaml';
import { type Catalog, openCatalog } from '../catalog/catalog.js';
import { didYouMean } from '../catalog/nearest.js';
import { UserError } from '../error.js';
import { findProjectRoot } from '../selection/project.js';
import { type Explanation, explain, explainable } from './explanation.js';
import { type Colours, coloursFor, print, printJson } from './terminal.js';

export function explainCommand(): Command {
  return new Command('explain')
    .description('Tells what one entry or one check means, and where its facts come from.')
    .argument(
      '<id>',
      'a model, accelerator, profile, licence, cluster kind, provider, engine, scheme or check',
    )
    .option('--json', 'print the explanations as JSON: an array, for a word may name two things')
    .addHelpText(
      'after',
      `
Examples:
  $ npx berth explain fit/kv-cache         why a check exists, and what it reads
  $ npx berth explain h100-sxm             figures with their source; what nobody has confirmed is marked
  $ npx berth explain llama3.3             terms of a licence, in plain words`,
    )
    .action(run);
}

function run(id: string, options: { json?: boolean }): void {
  const catalog = openCatalog(findProjectRoot(process.cwd()));
  const found = explain(id, catalog);
  if (found.length === 0) {
    const fix =
      namesWith(id, catalog) ?? didYouMean(id, explainable(catalog)) ?? '`berth list` shows the ids';
    throw new UserError('nothing to explain', [{ message: `nothing is called '${id}'`, fix }]);
  }
  if (options.json) printJson(found);
  else print(found.map((one) => show(one, coloursFor(process.stdout))).join('\n\n'));
}

/** For `h100`: the forms in which it is sold. */
function namesWith(word: string, catalog: Catalog): string | undefined {
  const found = explainable(catalog).filter((id) => id.includes(word.toLowerCase()));
  return found.length === 0 || found.length > 12 ? undefined : `there are: ${found.join(', ')}`;
}

function show(one: Explanation, colours: Colours): string {
  const indented = (text: string) => text.trimEnd().replace(/^/gm, '  ');
  const list = (lines: readonly string[]) => lines.map((line) => `  ${line}`).join('\n');
  const facts = Object.fromEntries(Object.entries(one.facts).filter(([, value]) => !isEmpty(value)));
  const parts: [string, string][] = [
    ['', list(one.text)],
    ['facts', isEmpty(facts) ? '' : indented(stringify(facts, { lineWidth: 0, nullStr: 'unknown' }))],
    ['sources', list(Object.entries(one.sources).map(([key, source]) => `${key}: ${source}`))],
    ['notes', list(one.notes)],
    [colours.yellow('not verified'), list(one.notVerified)],
    ['', one.checked === undefined ? '' : `  compared with its sources on ${one.checked}`],
  ];
  return [
    `${colours.bold(one.id)} (${one.what}): ${one.title}`,
    ...parts
      .filter(([, text]) => text !== '')
      .flatMap(([title, text]) => (title === '' ? [text] : [title, text])),
  ].join('\n');
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
