import { basename, dirname } from 'node:path';
import { UserError } from '../error.js';
import { type ConfigObject, isObject, languagePart, numberAt, textAt } from './config-reader.js';
import type { ModelProfile } from './model.js';
import { modelFromConfig } from './model-from-config.js';
import { displayPath, readYaml } from './read-yaml.js';
import { readWeightFiles, type WeightFiles } from './weight-files.js';

export interface ReadConfigProps {
  /** Paths in messages and sources are relative to it. */
  readonly root: string;
  /** Day on which the file is read. */
  readonly checked: string;
  /** @default - the folder's name, or the file's where that is not `config` */
  readonly name?: string;
  /** Whose files they are, for the entry's sources. @default - the sources give their paths */
  readonly of?: string;
  /** Index of the weight files. @default - model.safetensors.index.json beside the file, if it is there */
  readonly index?: string;
}

const GIB = 1024 ** 3;

/**
 * A model from a `config.json` on disk, with what its weight files tell.
 * @throws UserError where a file cannot be read, or lacks what a size needs.
 */
export function readConfig(file: string, props: ReadConfigProps): ModelProfile {
  const { root, checked, name = nameOf(file), of, index } = props;
  const { data: config, problems } = readYaml(file, root);
  const shown = displayPath(file, root);
  if (problems.length > 0) throw new UserError(`${shown} is not valid`, problems);
  const files = readWeightFiles(file, root, index);
  const model = modelFromConfig(config, {
    name,
    file: shown,
    calledAs: of === undefined ? shown : `config.json of ${of}`,
    checked,
    exclude: files.copies,
    ...(isObject(config) && weightsOf(config, files, of)),
  });
  return { ...model, notVerified: [...model.notVerified, ...unweighed(config, files)] };
}

/** The folder is what people name; a file may stand alone under its model's name. */
function nameOf(file: string): string {
  const stem = basename(file).replace(/\.json$/, '');
  return stem === 'config' ? basename(dirname(file)) || 'model' : stem;
}

/** Layers that predict several tokens are in the files and not in the engine: such files do not tell what is loaded. */
function weightsOf(config: ConfigObject, files: WeightFiles, of: string | undefined) {
  const { bytes, source } = files;
  if (bytes === undefined || source === undefined || holdsPrediction(config, files)) return {};
  const width = elementBytes(config);
  const parameters = files.parameters ?? (width === undefined ? undefined : Math.round(bytes / width));
  // The engine loads 32-bit weights in 16 bits.
  const loaded = width === 4 ? bytes / 2 : bytes;
  return {
    weightsFrom: of === undefined ? source : `${basename(source)} of ${of}`,
    ...(parameters !== undefined && { parameters }),
    checkpointGib: Number((loaded / GIB).toPrecision(6)),
  };
}

/** Bytes of one weight; undefined for quantized files, where they differ. */
function elementBytes(config: ConfigObject): number | undefined {
  const text = languagePart(config);
  if (isObject(config.quantization_config) || isObject(text.quantization_config)) return undefined;
  const type = [config, text].map((part) => textAt(part, 'torch_dtype') ?? textAt(part, 'dtype'));
  return type.includes('float32') ? 4 : 2;
}

function holdsPrediction(config: ConfigObject, { tensors }: WeightFiles): boolean {
  const layers = numberAt(languagePart(config), 'num_hidden_layers') ?? Number.POSITIVE_INFINITY;
  return tensors.some((name) => {
    const layer = /(?:^|\.)layers\.(\d+)\./.exec(name)?.[1];
    return /(^|\.)mtp\./.test(name) || (layer !== undefined && Number(layer) >= layers && !isTower(name));
  });
}

/** Towers for images and sound count their layers apart. */
function isTower(name: string): boolean {
  return /vision|visual|audio|encoder/.test(name);
}

function unweighed(config: unknown, files: WeightFiles): string[] {
  if (files.bytes === undefined) return ['its total: no index of weight files, the dimensions give it'];
  return isObject(config) && holdsPrediction(config, files)
    ? ['its total: the files also hold layers that predict several tokens, which the engine leaves out']
    : [];
}
