import { intro, outro } from '@clack/prompts';
import { Command, Option } from 'commander';
import { openCatalog } from '../catalog/catalog.js';
import { findProjectRoot } from '../selection/project.js';
import { SCHEMES } from './init/answers.js';
import { ask, Interrupted } from './init/ask.js';
import { collect } from './init/collect.js';
import { givenAnswers } from './init/given.js';
import { holdingSignals } from './init/hold-signals.js';
import { LANGUAGES, type Language, localeOf, textsOf } from './init/language.js';
import { placeFiles } from './init/place-files.js';
import { projectFiles, schemaPath } from './init/project-files.js';
import { prove } from './init/prove.js';
import { selectionText } from './init/selection-text.js';
import { Failed } from './report-error.js';
import { print, say } from './terminal.js';

interface Options {
  readonly lang?: Language;
  readonly answers?: string;
  readonly yes?: boolean;
}

export function initCommand(): Command {
  return new Command('init')
    .description(
      'Asks what the checks and the sizing need, and writes a commented selection that synthesises at once; in a folder\n' +
        'that is no project yet, a whole project. Overwrites nothing, and leaves nothing where it is interrupted.',
    )
    .addOption(
      new Option('--lang <language>', "language of the questions (default: the terminal's)").choices([
        ...LANGUAGES,
      ]),
    )
    .option('--answers <file>', 'answers as YAML or JSON: the words of the flags in camelCase')
    .option('-y, --yes', 'take the default of every question that has one')
    .option('--name <name>', 'name of the selection')
    .option('--country <code>', 'country of the company, such as CN')
    .option('--classification <class>', 'public, internal, sensitive, important or core')
    .option('--audience <audience>', 'internal, public-cn or public-other')
    .option('--ai-engineers <count>', 'AI engineers who work on it full time')
    .addOption(
      new Option(
        '--scheme <scheme>',
        'default: open-private with AI engineers, closed-cloud without',
      ).choices([...SCHEMES]),
    )
    .option('--need <need>', 'generic, exclusive or mixed')
    .option('--concurrent-users <count>', 'people who use it at the same time')
    .option('--accelerator <id>', 'accelerators of the cluster')
    .option('--gpus-per-node <count>', 'accelerators of one node')
    .option('--nodes <count>', 'nodes with accelerators')
    .option('--site <site>', 'office, server-room or data-centre; gaming cards only')
    .option('--encrypted', 'volumes and disks of nodes are encrypted; sensitive data only')
    .option('--no-encrypted', 'they are not')
    .option('--model <id>', 'model of the catalogue')
    .option('--monthly-active-users <count>', "users of all of the company's products; some licences only")
    .option('--annual-revenue-usd <dollars>', 'revenue of a year; some licences only')
    .option('--product <product>', 'what it is part of; some licences only')
    .option('--personal-information', 'requests hold personal information; closed-cloud only')
    .option('--no-personal-information', 'they do not')
    .option('--provider <id>', 'provider of the models; closed-cloud only')
    .option('--provider-model <id>', 'its model')
    .option('--client-key-sha256 <hash>', "SHA-256 of the first application's key")
    .option('--capabilities <list>', 'what the cluster has, with commas: keda,network-policy')
    .addHelpText(
      'after',
      `
Examples:
  $ npx berth init                                   asks, in the language of the terminal
  $ npx berth init --lang zh                         asks in Chinese
  $ npx berth init --answers answers.yaml --yes      asks nothing`,
    )
    .action(init);
}

async function init(options: Options): Promise<void> {
  const cwd = process.cwd();
  const locale = localeOf(process.env);
  const texts = textsOf(options.lang ?? locale.language);
  const root = findProjectRoot(cwd);
  const folder = root ?? cwd;
  const context = { catalog: openCatalog(root), texts, folder, country: locale.country };
  const given = givenAnswers({ ...options }, options.answers, cwd);
  const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  try {
    if (terminal) intro(texts.title);
    const answers = await collect(context, {
      given,
      defaults: options.yes ?? false,
      ask: terminal ? ask : undefined,
    });
    const name = answers.name ?? '';
    const files = new Map([
      [`selections/${name}.yaml`, selectionText(answers, context, schemaPath(folder))],
      ...(root === undefined ? projectFiles(folder, name, texts) : []),
    ]);
    const { questions, warnings } = await holdingSignals(
      () => prove(folder, files),
      () => placeFiles(folder, files),
      () => new Interrupted(),
    );
    const next = root === undefined ? ['npm install', 'npx berth synth'] : [`npx berth synth ${name}`];
    const lines = [
      ...[...files.keys()].map((path) => `${texts.written}: ${path}`),
      texts.findings(questions, warnings),
      `${texts.next}: ${next.join(' && ')}`,
    ];
    if (terminal) outro(lines.join('\n   '));
    else print(lines.join('\n'));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    say(texts.interrupted);
    throw new Failed();
  }
}
