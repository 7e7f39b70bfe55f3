// Holds a model's entry against its config.json, from the hub or a path, and makes the entry where there is none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readEntry, settle } from './entry.mjs';
import { fetchConfig } from './hub.mjs';
import { load, refuse, root } from './load.mjs';

/** @returns the exit code */
export async function model([word, ...options], profiles = join(root, 'profiles')) {
  if (word === undefined) {
    console.error(
      'error: which model? An id of the catalogue, a repository such as Qwen/Qwen3-8B, or a path to a config.json',
    );
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'berth-catalog-'));
  try {
    const asked = options[options.indexOf('--id') + 1];
    const source = await sourceOf(word, folder, options.includes('--id') ? asked : undefined, profiles);
    const { readConfig } = await load('src/catalog/read-config.ts');
    const { accountFor } = await load('src/cli/models/account.ts');
    const checked = new Date().toISOString().slice(0, 10);
    const { file, root: from, ...named } = source;
    const read = readConfig(file, { root: from, checked, ...named });
    const id = source.id ?? read.id;
    const entry = readEntry(profiles, 'models', id);
    const { ModelProfile } = await load('src/catalog/model.ts');
    const { minimalEntry } = await load('src/catalog/minimal-entry.ts');
    const after =
      entry.data === undefined
        ? minimalEntry(ModelProfile, { ...accountFor({ ...read, id }).model })
        : updated(entry.data, ModelProfile.parse(entry.data), read, minimalEntry(ModelProfile, read));
    const problems = await agreement();
    const write = options.includes('--write');
    return await settle({
      file: entry.file,
      text: entry.text,
      before: entry.data,
      after,
      schema: ModelProfile,
      problems,
      write,
    });
  } catch (error) {
    return refuse(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file to read, and whose it is. */
async function sourceOf(word, folder, id, profiles) {
  if (word.endsWith('.json'))
    return { file: resolve(word), root: process.cwd(), ...(id && { id, name: id }) };
  const repository = word.includes('/') ? word : await repositoryOf(word, profiles);
  const known = await idOf(repository);
  const file = await fetchConfig(repository, folder);
  return { file, root: folder, name: repository.replace(/^.*\//, ''), of: repository, id: id ?? known };
}

async function repositoryOf(id, profiles) {
  const { UserError } = await load('src/error.ts');
  const { data } = readEntry(profiles, 'models', id);
  const repository = data?.checkpoints[0].huggingFace;
  if (repository) return repository;
  const message =
    data === undefined ? `no model '${id}' in the catalogue` : `${id} has no repository on Hugging Face`;
  throw new UserError('nothing to compare with', [
    { message, fix: 'give a repository such as Qwen/Qwen3-8B, or the path of a config.json' },
  ]);
}

async function idOf(repository) {
  const { openCatalog } = await load('src/catalog/catalog.ts');
  return openCatalog(undefined).findModel(repository)?.model.id;
}

/** What the file says of the dimensions, over what the entry says; what only people know stays. */
function updated(data, parsed, read, minimal) {
  const told = Object.entries(minimal.architecture).filter(
    ([key]) => !isDeepStrictEqual(parsed.architecture[key], read.architecture[key]),
  );
  const { total } = read.parameters;
  const weighed = total !== null && total !== parsed.parameters.total;
  return {
    ...data,
    architecture: { ...data.architecture, ...Object.fromEntries(told) },
    ...(weighed && { parameters: { ...data.parameters, total, totalSource: read.parameters.totalSource } }),
    context: { ...data.context, max: read.context.max },
    checked: read.checked,
    sources: { ...data.sources, ...(told.length > 0 && { architecture: read.sources.architecture }) },
  };
}

/** As tests/catalog/weights.test.ts wants it: within 1 %, or a note that begins with `weights: `. */
async function agreement() {
  const { parametersFromDimensions } = await load('src/sizing/tensors.ts');
  return ({ architecture, parameters, notes }) => {
    if (!architecture.weightsModelled || parameters.total === null) return [];
    const beside = parameters.beside.reduce((sum, { count }) => sum + count, 0);
    const share = (parametersFromDimensions(architecture) + beside) / parameters.total - 1;
    if (Math.abs(share) <= 0.01 || notes.some((note) => note.startsWith('weights: '))) return [];
    const message = `its dimensions give ${(share * 100).toFixed(1)} % ${share > 0 ? 'more' : 'less'} than its total of ${parameters.total}`;
    return [{ message, fix: 'find what differs, or say why in a note that begins with weights:' }];
  };
}
