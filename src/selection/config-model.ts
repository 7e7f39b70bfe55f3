import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ModelProfile } from '../catalog/model.js';
import { readConfig } from '../catalog/read-config.js';
import { reasonOf } from '../catalog/read-text.js';
import { UserError } from '../error.js';
import type { Target } from './target.js';

/**
 * The model of a config.json that a selection names by its path, which counts from the selection's file.
 * @throws UserError where there is no such file, or it lacks what a size needs.
 */
export function modelOfConfig(path: string, target: Target, root: string): ModelProfile {
  const file = resolve(dirname(resolve(root, target.loaded.file)), path);
  return readConfig(file, { root, checked: lastChange(file, path, target) });
}

/** The day of the file's last change: plans do not show it, and must not depend on today. */
function lastChange(file: string, path: string, target: Target): string {
  try {
    return statSync(file).mtime.toISOString().slice(0, 10);
  } catch (error) {
    const message = `model: ${path}: ${reasonOf(error)}`;
    const fix = 'the path counts from the folder of this file';
    throw new UserError(message, [{ place: target.placeOf(['model']), message, fix }]);
  }
}
