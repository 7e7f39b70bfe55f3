import { ensureEngine, ensureSources, PARSED_VERSIONS } from './install.js';

/** Installs what is missing before the first test, so that no test's time limit pays for a download. */
export default async function setup(): Promise<void> {
  await ensureEngine();
  for (const version of PARSED_VERSIONS) await ensureSources(version);
}
