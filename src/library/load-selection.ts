import { templates } from '../../templates/registry.js';
import { type LoadedSelection, loadSelection as load } from '../selection/load.js';

/**
 * Reads one selection, of any scheme that this package knows.
 *
 * @param file Path of the file, from the current folder.
 * @param root Folder from which paths in messages count. @default - the current folder
 * @throws UserError with every mistake of the file, each at its line.
 */
export function loadSelection(file: string, root: string = process.cwd()): LoadedSelection {
  return load(file, root, templates);
}
