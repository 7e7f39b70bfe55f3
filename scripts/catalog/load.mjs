import { join } from 'node:path';
import { runnerImport } from 'vite';

/** The package's folder. */
export const root = join(import.meta.dirname, '../..');

const loaded = new Map();

/**
 * A module of src/ or tests/, without a build. What two files import is there twice: compare errors by their name.
 */
export function load(file) {
  const options = { configFile: false, logLevel: 'error', root };
  if (!loaded.has(file))
    loaded.set(
      file,
      runnerImport(join(root, file), options).then(({ module }) => module),
    );
  return loaded.get(file);
}

/** Prints a mistake of the caller as the command line does; anything else is a bug. @returns the exit code */
export function refuse(error) {
  if (error?.name !== 'UserError') throw error;
  console.error(`error: ${error.message}`);
  return 1;
}
