import { Command } from 'commander';
import { addModel } from './models/add.js';
import { showAdded } from './models/show.js';
import { coloursFor, print, printJson } from './terminal.js';

interface Options {
  readonly id?: string;
  readonly name?: string;
  readonly licence?: string;
  readonly derivedFrom?: string;
  readonly huggingFace?: string;
  readonly index?: string;
  readonly json?: boolean;
}

export function modelsCommand(): Command {
  return new Command('models').description("Adds models to the project's own catalogue.").addCommand(
    new Command('add')
      .summary('write profiles/models/<id>.yaml from a config.json')
      .description(
        'Writes profiles/models/<id>.yaml from the config.json of a Hugging Face model, and says what that file does not\n' +
          'tell. An index of the weight files gives their size; copies of the weights in folders below are not counted.',
      )
      .argument('<config>', 'path to config.json')
      .option('--id <id>', 'id of the entry, and name of its file (default: from the name)')
      .option('--name <name>', "the model's name (default: the repository's or the folder's)")
      .option('--licence <id>', 'licence, by its id in the catalogue (default: unknown)')
      .option(
        '--derived-from <id>',
        'model of the catalogue that it was fine-tuned from; its licence holds too',
      )
      .option('--hugging-face <repository>', 'repository of the weights, e.g. your-team/your-model')
      .option('--index <file>', 'index of the weight files (default: model.safetensors.index.json beside it)')
      .option('--json', 'print what was written as JSON')
      .addHelpText(
        'after',
        `
Examples:
  $ npx berth models add ~/models/our-chat/config.json --licence apache-2.0
  $ npx berth models add config.json --id our-chat --hugging-face our-team/our-chat
  $ npx berth size our-chat --on 2xl40s              then: does it fit?

An entry that is there already is not overwritten.`,
      )
      .action(add),
  );
}

function add(config: string, options: Options): void {
  const added = addModel(config, options, process.cwd());
  if (options.json) printJson(added);
  else print(showAdded(added, coloursFor(process.stdout)));
}
