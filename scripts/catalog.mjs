// Brings data files up to date from their sources; shows what differs before anything is written.
//   npm run catalog -- engine vllm@VERSION [--write]
import { engine } from './catalog/engine.mjs';

const commands = { engine };
const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`error: no catalogue command '${name}', expected: ${Object.keys(commands).join(', ')}`);
  process.exit(1);
}
process.exit(await command(rest));
