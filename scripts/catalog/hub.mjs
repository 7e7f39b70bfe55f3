import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from './load.mjs';

const INDEX = 'model.safetensors.index.json';
const LONGEST_MS = 30_000;

/**
 * Fetches a model's config.json, and its index of weight files where it has one, from HF_ENDPOINT or the hub itself.
 * @returns the path of the config.json
 */
export async function fetchConfig(repository, folder) {
  const { UserError } = await load('src/error.ts');
  const base = process.env.HF_ENDPOINT ?? 'https://huggingface.co';
  const get = async (name) => {
    const address = `${base}/${repository}/resolve/main/${name}`;
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(LONGEST_MS) });
      return answer.ok ? await answer.text() : answer.status;
    } catch (error) {
      return error.cause?.code ?? error.message;
    }
  };
  const config = await get('config.json');
  if (!config.toString().trimStart().startsWith('{')) {
    const why = config === 401 || config === 403 ? `${config}: the repository is gated` : config;
    const message = `config.json of ${repository} could not be read from ${base}: ${why}`;
    throw new UserError('nothing to compare with', [{ message, fix: 'download it and give its path' }]);
  }
  writeFileSync(join(folder, 'config.json'), config);
  const index = await get(INDEX);
  if (index.toString().startsWith('{')) writeFileSync(join(folder, INDEX), index);
  return join(folder, 'config.json');
}
