// Brings data files up to date from their sources; shows what differs before anything is written.
//   npm run catalog -- engine vllm@VERSION [--write]
//   npm run catalog -- model ID_OR_CONFIG [--id ID] [--write]
//   npm run catalog -- accelerator FILE [--write]
//   npm run catalog -- prices FILE [--write]
import { accelerator } from './catalog/accelerator.mjs';
import { engine } from './catalog/engine.mjs';
import { model } from './catalog/model.mjs';
import { prices } from './catalog/prices.mjs';

const commands = { engine, model, accelerator, prices };
const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`error: no catalogue command '${name}', expected: ${Object.keys(commands).join(', ')}`);
  process.exit(1);
}
process.exit(await command(rest));
