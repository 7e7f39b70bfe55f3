import { resolve } from 'node:path';
import type { Catalog } from '../../catalog/catalog.js';
import { readConfig } from '../../catalog/read-config.js';
import { parseWith, readYaml } from '../../catalog/read-yaml.js';
import { UserError } from '../../error.js';
import { resolveWhatIf, type WhatIfRequest } from '../../sizing/what-if/size-what-if.js';
import { WhatIf } from '../../sizing/what-if/what-if.js';
import { readAccelerators } from './accelerator.js';
import type { SizeOptions } from './options.js';

/**
 * The what-if that MODEL and the flags ask.
 * @throws UserError where a file cannot be read, or something named is not known.
 */
export function readRequest(
  name: string,
  options: SizeOptions & { readonly on: string },
  catalog: Catalog,
  cwd: string,
): WhatIfRequest {
  const today = new Date().toISOString().slice(0, 10);
  const { gpus, accelerator, profile } = readAccelerators(options.on, cwd);
  const { model, config } = named(name, options, cwd, today);
  const asked = parsed({ ...keysOf(options), model: model?.id ?? name, config, gpus, accelerator });
  return resolveWhatIf(asked, catalog, today, { accelerator: profile, model });
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

function parsed(keys: Record<string, unknown>): WhatIf {
  const result = WhatIf.safeParse(keys);
  if (result.success) return result.data;
  throw new UserError(
    'nothing was sized',
    result.error.issues.map(({ path, message }) => ({ message: `${path.join('.')}: ${message}` })),
  );
}
