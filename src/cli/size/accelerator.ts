import { basename, resolve } from 'node:path';
import { AcceleratorProfile } from '../../catalog/accelerator.js';
import { AcceleratorFigures } from '../../catalog/accelerator-from-figures.js';
import { parseWith, readYaml } from '../../catalog/read-yaml.js';
import { UserError } from '../../error.js';

/** `2xh100-sxm`: how many of which; a name, a few figures, or a whole profile of one's own. */
export interface AskedAccelerators {
  readonly gpus: number;
  readonly accelerator: string | AcceleratorFigures;
  readonly profile?: AcceleratorProfile;
}

/**
 * Reads `--on`: NxACCELERATOR or NxFILE.yaml, one without N.
 * @throws UserError where the text has another form, or the file is not valid.
 */
export function readAccelerators(text: string, cwd: string): AskedAccelerators {
  const [, count, name = text] = /^(\d+)\s*[x×]\s*(.+)$/i.exec(text) ?? [];
  const gpus = count === undefined ? 1 : Number(count);
  if (gpus < 1) {
    const message = `--on ${text}: at least one accelerator is needed`;
    throw new UserError('nothing was sized', [{ message, fix: 'write for instance 1xh100-sxm' }]);
  }
  if (!/\.(ya?ml|json)$/.test(name)) return { gpus, accelerator: name };
  const yaml = readYaml(resolve(cwd, name), cwd);
  const short = typeof yaml.data === 'object' && yaml.data !== null && 'memoryGib' in yaml.data;
  if (short) return { gpus, accelerator: parseWith(AcceleratorFigures, yaml) };
  return { gpus, accelerator: basename(name), profile: parseWith(AcceleratorProfile, yaml) };
}
