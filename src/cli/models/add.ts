import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Catalog, openCatalog } from '../../catalog/catalog.js';
import { Id } from '../../catalog/facts.js';
import { minimalEntry } from '../../catalog/minimal-entry.js';
import { ModelProfile } from '../../catalog/model.js';
import { didYouMean } from '../../catalog/nearest.js';
import { profileYaml } from '../../catalog/profile-yaml.js';
import { readConfig } from '../../catalog/read-config.js';
import { reasonOf } from '../../catalog/read-text.js';
import { displayPath } from '../../catalog/read-yaml.js';
import { type Problem, UserError } from '../../error.js';
import { requireProjectRoot } from '../../selection/project.js';
import { accountFor } from './account.js';

export interface AddOptions {
  readonly id?: string;
  readonly name?: string;
  readonly licence?: string;
  /** Catalogue id of the model that it was fine-tuned from. */
  readonly derivedFrom?: string;
  readonly huggingFace?: string;
  readonly index?: string;
}

/** What was written, and where. */
export interface Added {
  /** Relative to the project's root. */
  readonly file: string;
  readonly model: ModelProfile;
  /** Parameters that the dimensions give; null where layers of several shapes are not described by them. */
  readonly parametersFromDimensions: number | null;
}

/** Tokens that are suggested where the model can do more: most uses need no more, and every token costs memory. */
const SUGGESTED_CONTEXT = 32_768;

/**
 * Writes the entry of a config.json into the project's catalogue.
 * @throws UserError where it cannot be read, or the id is taken, or an option names nothing.
 */
export function addModel(config: string, options: AddOptions, cwd: string): Added {
  const root = requireProjectRoot(cwd);
  const catalog = openCatalog(root);
  refuseUnknown(options, catalog);
  const file = resolve(cwd, config);
  const { huggingFace } = options;
  const name = options.name ?? huggingFace?.replace(/^.*\//, '') ?? nameOf(file);
  const read = readConfig(file, {
    root: cwd,
    checked: new Date().toISOString().slice(0, 10),
    name: options.id ?? name,
    of: huggingFace ?? name,
    ...(options.index !== undefined && { index: resolve(cwd, options.index) }),
  });
  const { model, computed } = accountFor({ ...read, ...(options.id && { id: options.id }), name });
  const entry = withOptions(model, options);
  const target = join(root, 'profiles', 'models', `${entry.id}.yaml`);
  refuseTaken(entry.id, target, options, catalog, root);
  write(target, profileYaml(minimalEntry(ModelProfile, entry)));
  return { file: displayPath(target, root), model: entry, parametersFromDimensions: computed };
}

function nameOf(file: string): string {
  const stem = basename(file).replace(/\.json$/, '');
  return stem === 'config' ? basename(dirname(file)) || 'model' : stem;
}

function withOptions(model: ModelProfile, { licence, derivedFrom, huggingFace }: AddOptions): ModelProfile {
  const { context, checkpoints, sources } = model;
  const [checkpoint, ...others] = checkpoints;
  if (checkpoint === undefined) throw new Error('a model without a checkpoint');
  const suggested = Math.min(context.suggested, SUGGESTED_CONTEXT);
  const lowered = suggested < context.max;
  return {
    ...model,
    ...(licence !== undefined && { licence }),
    ...(derivedFrom !== undefined && {
      derivedFrom: [{ model: derivedFrom, how: 'fine-tuned', source: 'given on the command line' }],
    }),
    context: { ...context, suggested },
    // Somebody typed the repository; nobody has asked the hub for it.
    checkpoints: [
      { ...checkpoint, ...(huggingFace !== undefined && { huggingFace, notVerified: true }) },
      ...others,
    ],
    sources: {
      ...sources,
      ...(lowered && { context: 'max: config.json; suggested: our proposal, not a value of the maker' }),
      ...(licence !== undefined && { licence: 'given on the command line' }),
    },
    notVerified: [
      ...model.notVerified.map((line) =>
        licence === undefined ? line : line.replace(/^its licence, its release date/, 'its release date'),
      ),
      ...(huggingFace === undefined
        ? ['the repository of its weights']
        : ['whether its repository exists under this name, and whether it is gated']),
    ],
  };
}

function refuseUnknown({ id, licence, derivedFrom, huggingFace }: AddOptions, catalog: Catalog): void {
  const problems: Problem[] = [];
  if (id !== undefined && !Id.safeParse(id).success)
    problems.push({ message: `--id ${id}: lower case letters, digits, '.' and '-' make an id` });
  if (huggingFace !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(huggingFace))
    problems.push({ message: `--hugging-face ${huggingFace}: write it as owner/name` });
  const licences = catalog.ids('licences');
  if (licence !== undefined && !licences.includes(licence)) {
    const fix = didYouMean(licence, licences) ?? '`berth list licences` shows the ids';
    problems.push({ message: `--licence ${licence}: no such licence in the catalogue`, fix });
  }
  const models = catalog.ids('models');
  if (derivedFrom !== undefined && !models.includes(derivedFrom)) {
    const fix = didYouMean(derivedFrom, models) ?? '`berth list models` shows the ids';
    problems.push({ message: `--derived-from ${derivedFrom}: no such model in the catalogue`, fix });
  }
  if (problems.length > 0) throw new UserError('nothing was added', problems);
}

function refuseTaken(id: string, target: string, options: AddOptions, catalog: Catalog, root: string): void {
  const fix = 'give it another --id';
  if (existsSync(target)) {
    const message = 'this entry is there already, and is not overwritten';
    const place = { file: displayPath(target, root) };
    throw new UserError('nothing was added', [{ place, message, fix: [fix, 'or edit the file'] }]);
  }
  // Asked for by name, replacing an entry of the package is what a project may do.
  if (options.id === undefined && catalog.ids('models').includes(id)) {
    const message = `Berth comes with a model ${id}`;
    throw new UserError('nothing was added', [
      { message, fix: [fix, `--id ${id} replaces it in this project`] },
    ]);
  }
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UserError('nothing was added', [{ place: { file }, message: reasonOf(error) }]);
  }
}
