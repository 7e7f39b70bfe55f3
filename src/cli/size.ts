import { Command } from 'commander';
import { openCatalog } from '../catalog/catalog.js';
import { UserError } from '../error.js';
import { findProjectRoot } from '../selection/project.js';
import type { SizeRequest } from '../sizing/types.js';
import { sizeWhatIf } from '../sizing/what-if/size-what-if.js';
import { Failed } from './report-error.js';
import { runBatch } from './size/batch.js';
import { compareSizes, showCompared } from './size/compare.js';
import { otherOptions, type SizeOptions, whatIfFlags } from './size/options.js';
import { writePlot } from './size/plot.js';
import { readRequest } from './size/request.js';
import { showSizing } from './size/show.js';
import { coloursFor, print, printJson } from './terminal.js';

const EXAMPLES = `
MODEL is an id of the catalogue, a Hugging Face id that it knows, or a path to a config.json.

Examples:
  $ npx berth size qwen3-32b --on 1xa100-80-sxm                       does it fit, with how much cache?
  $ npx berth size llama-3.3-70b --on 2xrtx-4090 --precision awq --max-model-len 8k
  $ npx berth size deepseek-r1 --on 8xh200 --concurrency 20 --json    20 requests of full length at once
  $ npx berth size qwen3-32b --on 2xl40s --concurrency 30 --input-tokens 2000 --output-tokens 300   how fast?
  $ npx berth size ./my-model/config.json --on 2xl40s                 a model that the catalogue lacks
  $ npx berth size qwen3-32b --compare 1xh100-sxm,2xl40s,1xh200/fp8 --concurrency 32   cheapest first
  $ npx berth size qwen3-32b --on 2xl40s --plot speed.svg             tokens a second against latency
  $ npx berth size --batch what-ifs.jsonl                             a thousand of them in one start

Exit code 1 where it does not fit; what would fit is printed then. A batch ends with 0: errors are results.`;

export function sizeCommand(): Command {
  const command = new Command('size')
    .description(
      'Calculate whether a model fits on accelerators, with how many tokens of cache and how fast.',
    )
    .argument('[model]', 'id, Hugging Face id or path to a config.json')
    .addHelpText('after', EXAMPLES)
    .action((name: string | undefined, options: SizeOptions) => run(name, options));
  for (const { option } of whatIfFlags()) command.addOption(option);
  for (const option of otherOptions()) command.addOption(option);
  return command;
}

async function run(name: string | undefined, options: SizeOptions): Promise<void> {
  const cwd = process.cwd();
  const catalog = openCatalog(findProjectRoot(cwd));
  if (options.batch !== undefined) {
    runBatch(options.batch, catalog, cwd);
    return;
  }
  if (options.compare !== undefined && name !== undefined) {
    const rows = compareSizes(name, options, catalog, cwd);
    if (options.json) printJson(rows);
    else print(showCompared(rows));
    return;
  }
  const { on } = options;
  if (name === undefined || on === undefined) throw incomplete(name, on);
  const asked = readRequest(name, { ...options, on }, catalog, cwd);
  const sizing = sizeWhatIf(asked, catalog);
  if (options.plot !== undefined) {
    await writePlot(options.plot, titleOf(asked.request), [asked.request], cwd);
  }
  if (options.json) printJson(sizing);
  else print(showSizing(asked.request, sizing, coloursFor(process.stdout)));
  if (!sizing.fits) throw new Failed();
}

function titleOf({ model, inputTokens = 1024, outputTokens = 256 }: SizeRequest): string {
  return `${model.name}: ${inputTokens} → ${outputTokens} tokens, by requests in flight`;
}

function incomplete(name: string | undefined, on: string | undefined): UserError {
  const missing = [...(name === undefined ? ['MODEL'] : []), ...(on === undefined ? ['--on'] : [])];
  return new UserError('nothing was sized', [
    {
      message: `missing: ${missing.join(' and ')}`,
      fix: 'write for instance berth size qwen3-32b --on 1xa100-80-sxm',
    },
  ]);
}
