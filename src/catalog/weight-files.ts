import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../error.js';
import { isObject } from './config-reader.js';
import { displayPath } from './read-yaml.js';

/** What lies beside a config.json. Weights in folders below are the same ones again, for other programs. */
export interface WeightFiles {
  /** Bytes of all tensors, each once; undefined where neither an index nor the files tell. */
  readonly bytes?: number;
  /** Parameters, where the index counts them. */
  readonly parameters?: number;
  /** The file that says so. */
  readonly source?: string;
  /** Names of the tensors; none without an index. */
  readonly tensors: readonly string[];
  /** Patterns of the folders below that hold copies. */
  readonly copies: readonly string[];
}

const INDEX = 'model.safetensors.index.json';
const WEIGHTS = /\.(safetensors|bin|pth|pt|gguf|onnx|msgpack)$/;

/**
 * Reads the index of the weight files, or weighs the files themselves where they lie there without one.
 * @param config Path to config.json.
 * @param index Path to the index. @default model.safetensors.index.json beside config.json, if it is there
 * @throws UserError where the index is no index.
 */
export function readWeightFiles(config: string, root: string, index?: string): WeightFiles {
  const folder = dirname(config);
  const copies = copiesBelow(folder);
  const file = index ?? (existsSync(join(folder, INDEX)) ? join(folder, INDEX) : undefined);
  if (file === undefined) return { ...weighed(folder, root), tensors: [], copies };
  return { ...readIndex(file, displayPath(file, root)), copies };
}

function readIndex(file: string, shown: string): Omit<WeightFiles, 'copies'> {
  const data = parsed(file, shown);
  const { metadata, weight_map: map } = data;
  if (!isObject(map)) throw refusal(shown, 'weight_map is missing: this is no index of weight files');
  const bytes = isObject(metadata) ? metadata.total_size : undefined;
  const parameters = isObject(metadata) ? metadata.total_parameters : undefined;
  return {
    ...(isCount(bytes) && { bytes }),
    ...(isCount(parameters) && { parameters }),
    source: shown,
    tensors: Object.keys(map),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function parsed(file: string, shown: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw refusal(shown, missing ? 'no such file' : 'this is not JSON');
  }
  if (!isObject(data)) throw refusal(shown, 'a JSON object is expected');
  return data;
}

/** The sizes of the files; `consolidated` ones are the vendor's copy of the shards. */
function weighed(folder: string, root: string): { bytes?: number; source?: string } {
  const files = namesIn(folder).filter(
    (name) => name.endsWith('.safetensors') && !/^(consolidated|adapter)/.test(name),
  );
  if (files.length === 0 || files.some((name) => isPointer(join(folder, name)))) return {};
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const first = displayPath(join(folder, files[0] as string), root);
  return { bytes, source: files.length === 1 ? first : `${files.length} files from ${first} on` };
}

/** What a clone without Git LFS holds in place of a large file. */
function isPointer(file: string): boolean {
  return statSync(file).size < 1024 && readFileSync(file, 'utf8').startsWith('version https://git-lfs');
}

function copiesBelow(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .filter((name) => namesIn(join(folder, name)).some((file) => WEIGHTS.test(file)))
    .map((name) => `${basename(name)}/*`);
}

/** Without what is hidden or a link to nowhere. */
function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && existsSync(join(folder, name)))
    .sort();
}

function refusal(file: string, message: string): UserError {
  return new UserError(`${file} cannot be read`, [{ place: { file }, message }]);
}
