import { Command } from 'commander';
import { reportError } from './report-error.js';
import { version } from './version.js';

/** A command, loaded only when it is asked for: the start must not wait for what others need. */
interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'init',
    summary: 'ask what is needed and write a selection, in an empty folder a whole project',
    load: async () => (await import('./init.js')).initCommand(),
  },
  {
    name: 'plan',
    summary: 'show what would run, the numbers and the findings; writes nothing',
    load: async () => (await import('./plan.js')).planCommand(),
  },
  {
    name: 'synth',
    summary: 'write the manifests of every environment to dist/',
    load: async () => (await import('./synth.js')).synthCommand(),
  },
  {
    name: 'diff',
    summary: 'show what a synth would change in dist/, object by object',
    load: async () => (await import('./diff.js')).diffCommand(),
  },
  {
    name: 'size',
    summary: 'calculate whether a model fits, with which cache and speed',
    load: async () => (await import('./size.js')).sizeCommand(),
  },
  {
    name: 'list',
    summary: 'list models, accelerators, clusters, providers, profiles … and what is old',
    load: async () => (await import('./list.js')).listCommand(),
  },
  {
    name: 'models',
    summary: 'add a model to the project from its config.json',
    load: async () => (await import('./models.js')).modelsCommand(),
  },
  {
    name: 'explain',
    summary: 'tell what an entry or a check means and where its facts come from',
    load: async () => (await import('./explain.js')).explainCommand(),
  },
];

const EXAMPLES = `
Examples:
  $ npx berth plan fault-diagnosis -e production   the numbers and findings of one environment
  $ npx berth synth                                every selection → dist/
  $ npx berth diff                                 what the last edit changes
  $ npx berth size qwen3-32b --on 1xa100-80-sxm    does it fit?

Exit codes: 0 fine, 1 your input or a failed check, 2 a bug in Berth.`;

async function program(words: readonly string[]): Promise<Command> {
  const berth = new Command('berth')
    .description('From a selection (scheme, sizing profile, model) to Kubernetes manifests that run.')
    .version(version())
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError();
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  const asked = first === 'help' ? second : first;
  for (const { name, summary, load } of COMMANDS)
    berth.addCommand((name === asked ? await load() : new Command(name)).summary(summary));
  for (const command of withSubcommands(berth)) command.exitOverride();
  return berth;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** Runs the command line. @returns The exit code. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    const berth = await program(words);
    await berth.parseAsync([...words], { from: 'user' });
    return 0;
  } catch (error) {
    return reportError(error, words.includes('--json'));
  }
}
