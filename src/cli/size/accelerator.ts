import { basename, resolve } from 'node:path';
import { AcceleratorProfile } from '../../catalog/accelerator.js';
import { AcceleratorFigures, acceleratorFromFigures } from '../../catalog/accelerator-from-figures.js';
import type { Catalog } from '../../catalog/catalog.js';
import { didYouMean } from '../../catalog/nearest.js';
import { parseWith, readYaml } from '../../catalog/read-yaml.js';
import { UserError } from '../../error.js';

/** `2xh100-sxm`: how many of which. */
export interface Accelerators {
  readonly gpus: number;
  readonly accelerator: AcceleratorProfile;
}

/**
 * Reads `--on`: NxACCELERATOR or NxFILE.yaml, one without N.
 * @throws UserError where the text has another form, or the accelerator is unknown.
 */
export function readAccelerators(text: string, catalog: Catalog, cwd: string, today: string): Accelerators {
  const [, count, name = text] = /^(\d+)\s*[x×]\s*(.+)$/i.exec(text) ?? [];
  const gpus = count === undefined ? 1 : Number(count);
  if (gpus < 1)
    throw mistake(`--on ${text}: at least one accelerator is needed`, 'write for instance 1xh100-sxm');
  if (/\.(ya?ml|json)$/.test(name)) return { gpus, accelerator: readFile(resolve(cwd, name), cwd, today) };
  const accelerator = catalog.accelerator(name.toLowerCase());
  if (accelerator !== undefined) return { gpus, accelerator };
  const ids = catalog.ids('accelerators');
  const longer = ids.filter((id) => id.startsWith(name.toLowerCase()));
  const near = longer.length > 0 ? `did you mean ${longer.slice(0, 3).join(' or ')}?` : didYouMean(name, ids);
  throw mistake(`no accelerator '${name}' in the catalogue`, [
    ...(near === undefined ? [] : [near]),
    'berth list accelerators shows what there is; --on 1xFILE.yaml takes one that you describe',
  ]);
}

/** A whole profile, or a few figures with `memoryGib` among them. */
function readFile(file: string, cwd: string, today: string): AcceleratorProfile {
  const yaml = readYaml(file, cwd);
  const short = typeof yaml.data === 'object' && yaml.data !== null && 'memoryGib' in yaml.data;
  if (!short) return parseWith(AcceleratorProfile, yaml);
  const id = basename(file)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-');
  return acceleratorFromFigures(id, parseWith(AcceleratorFigures, yaml), today);
}

function mistake(message: string, fix: string | string[]): UserError {
  return new UserError('nothing was sized', [{ message, fix }]);
}
