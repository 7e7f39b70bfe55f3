// Takes an accelerator from a file: a whole entry, or the keys of one that is there.
import { join } from 'node:path';
import { overlay, readEntry, readGiven, settle } from './entry.mjs';
import { load, refuse, root } from './load.mjs';

/** @returns the exit code */
export async function accelerator([file, ...options], profiles = join(root, 'profiles')) {
  if (file === undefined) {
    console.error(
      'error: which file? It holds an accelerator: id, the keys that change, and the day as checked:',
    );
    return 1;
  }
  try {
    const { UserError } = await load('src/error.ts');
    const { AcceleratorProfile } = await load('src/catalog/accelerator.ts');
    const { parseWith } = await load('src/catalog/read-yaml.ts');
    const given = await readGiven(file);
    const { id, checked } = given.data ?? {};
    const missing = ['id', 'checked'].filter((key) => typeof given.data?.[key] !== 'string');
    if (missing.length > 0)
      throw new UserError(
        `${file} is not valid`,
        missing.map((key) => ({ place: given.placeOf([]), message: `missing key '${key}'` })),
      );
    const { file: target, text, data: before } = readEntry(profiles, 'accelerators', id);
    // Mistakes of a new entry are told at the lines of the file that holds it.
    if (before === undefined) parseWith(AcceleratorProfile, given);
    const older = before !== undefined && checked < before.checked;
    if (older)
      throw new UserError(`${file} is older than the entry`, [
        {
          place: given.placeOf(['checked']),
          message: `checked: ${checked}, and ${id} was looked at on ${before.checked}`,
        },
      ]);
    const after = overlay(before ?? {}, given.data);
    return await settle({
      file: target,
      text,
      before,
      after,
      schema: AcceleratorProfile,
      write: options.includes('--write'),
    });
  } catch (error) {
    return refuse(error);
  }
}
