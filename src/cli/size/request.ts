import { resolve } from 'node:path';
import type { Catalog } from '../../catalog/catalog.js';
import { readConfig } from '../../catalog/read-config.js';
import { parseWith, readYaml } from '../../catalog/read-yaml.js';
import { collector } from '../../selection/collect.js';
import { resolveWhatIf, type WhatIfRequest } from '../../sizing/what-if/size-what-if.js';
import { WhatIf } from '../../sizing/what-if/what-if.js';
import { readAccelerators } from './accelerator.js';
import type { SizeOptions } from './options.js';

/**
 * The what-if that MODEL and the flags ask.
 * @throws UserError with every file that cannot be read and everything named that is not known.
 */
export function readRequest(
  name: string,
  options: SizeOptions & { readonly on: string },
  catalog: Catalog,
  cwd: string,
): WhatIfRequest {
  const today = new Date().toISOString().slice(0, 10);
  const found = collector();
  const on = found.attempt(() => readAccelerators(options.on, cwd));
  const described = found.attempt(() => named(name, options, cwd, today));
  const keys = {
    ...keysOf(options),
    model: described?.model?.id ?? name,
    config: described?.config,
    gpus: on?.gpus,
    accelerator: on?.accelerator,
  };
  return resolveWhatIf(keys, catalog, today, {
    accelerator: on?.profile,
    model: described?.model,
    problems: found.problems,
    unread: [...(on ? [] : (['accelerator'] as const)), ...(described ? [] : (['model'] as const))],
  });
}

/** MODEL may be a file: with it the index of the weight files beside it is read. */
function named(name: string, options: SizeOptions, cwd: string, today: string) {
  if (name.endsWith('.json')) {
    return { model: readConfig(resolve(cwd, name), { root: cwd, checked: today }), config: undefined };
  }
  if (options.config === undefined) return { model: undefined, config: undefined };
  const yaml = readYaml(resolve(cwd, options.config), cwd);
  return { model: undefined, config: parseWith(WhatIf.shape.config, yaml) };
}

function keysOf(options: SizeOptions): Record<string, unknown> {
  const {
    on: _on,
    config: _config,
    batch: _batch,
    compare: _compare,
    plot: _plot,
    json: _json,
    ...rest
  } = options;
  const { checkpointParameters: parameters, checkpointGib: gib, enableExpertParallel, ...settings } = rest;
  return {
    ...settings,
    ...(enableExpertParallel !== undefined && { expertParallel: enableExpertParallel }),
    ...((parameters !== undefined || gib !== undefined) && { checkpoint: { parameters, gib } }),
  };
}
