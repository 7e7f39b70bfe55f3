import { Command } from 'commander';
import { type Catalog, openCatalog } from '../catalog/catalog.js';
import { doubts } from '../catalog/doubts.js';
import { findProjectRoot } from '../selection/project.js';
import { sizeModel } from '../sizing/size-model.js';
import type { SizeRequest, Sizing } from '../sizing/types.js';
import { Failed } from './report-error.js';
import { readAccelerators } from './size/accelerator.js';
import { readEngine } from './size/engine.js';
import { readModel } from './size/model.js';
import { type SizeOptions, sizeOptions } from './size/options.js';
import { showSizing } from './size/show.js';
import { coloursFor, print, printJson } from './terminal.js';

const EXAMPLES = `
MODEL is an id of the catalogue, a Hugging Face id that it knows, or a path to a config.json.

Examples:
  $ npx berth size qwen3-32b --on 1xa100-80-sxm                       does it fit, with how much cache?
  $ npx berth size llama-3.3-70b --on 2xrtx-4090 --precision awq --max-model-len 8k
  $ npx berth size deepseek-r1 --on 8xh200 --concurrency 20 --json    20 requests of full length at once
  $ npx berth size ./my-model/config.json --on 2xl40s                 a model that the catalogue lacks

Exit code 1 where it does not fit; what would fit is printed then.`;

/** Accelerators that are offered where the asked one is too small, from small to large. */
const OFFERED = ['l40s', 'a100-80-sxm', 'h100-sxm', 'h200', 'mi300x', 'b200'];

export function sizeCommand(): Command {
  const command = new Command('size')
    .description('Calculate whether a model fits on accelerators, with how many tokens of cache.')
    .argument('<model>', 'id, Hugging Face id or path to a config.json')
    .addHelpText('after', EXAMPLES)
    .action((name: string, options: SizeOptions) => run(name, options));
  for (const option of sizeOptions()) command.addOption(option);
  return command;
}

function run(name: string, options: SizeOptions): void {
  const cwd = process.cwd();
  const catalog = openCatalog(findProjectRoot(cwd));
  const { request, assumptions } = readRequest(name, options, catalog, cwd);
  const offered = OFFERED.flatMap((id) => catalog.accelerator(id) ?? []).filter(
    ({ memory }) => (memory.runtimeGib ?? 0) > (request.accelerator.memory.runtimeGib ?? 0),
  );
  const sized = sizeModel(request, { accelerators: offered });
  const sizing = {
    ...sized,
    assumptions: [...assumptions, ...sized.assumptions, ...doubts(request.model, request.accelerator)],
  };
  if (options.json) printJson(inContractOrder(sizing));
  else print(showSizing(request, sizing, coloursFor(process.stdout)));
  if (!sizing.fits) throw new Failed();
}

function readRequest(name: string, options: SizeOptions, catalog: Catalog, cwd: string) {
  const today = new Date().toISOString().slice(0, 10);
  const { gpus, accelerator } = readAccelerators(options.on, catalog, cwd, today);
  const { model, checkpoint, assumptions: ofModel } = readModel(name, options.precision, catalog, cwd, today);
  const { engine, assumptions: ofEngine } = readEngine(options.engine, catalog);
  const { on: _on, precision: _precision, engine: _engine, json: _json, ...settings } = options;
  const request: SizeRequest = { ...settings, model, checkpoint, accelerator, gpus, engine };
  return { request, assumptions: [...ofModel, ...ofEngine] };
}

/** The keys that accuracy is measured by come first. */
function inContractOrder(sizing: Sizing): Sizing {
  const { fits, verdict, perGpu, kvCacheTokens, maxConcurrency, throughput, assumptions, ...rest } = sizing;
  return { fits, verdict, perGpu, kvCacheTokens, maxConcurrency, throughput, assumptions, ...rest };
}
