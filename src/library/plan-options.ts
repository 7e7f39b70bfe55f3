import { templates } from '../../templates/registry.js';
import { didYouMean } from '../catalog/nearest.js';
import type { YamlFile } from '../catalog/read-yaml.js';
import { UserError } from '../error.js';
import { type LoadedSelection, parseSelection } from '../selection/load.js';
import { type Selection, selectionSchema } from '../selection/schema.js';
import { SizingSettings } from '../selection/sizing-settings.js';

/** The same, at any depth free to be constant: options are read, never changed. */
export type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Given<T[Key]> }
    : T;

/** One environment as plain options: what a file of selections/ says, with the keys of `sizing` beside the others. */
export interface PlanOptions {
  /** Name of the installation: a DNS label of at most 40 characters. Object labels and the namespace carry it. */
  readonly name: string;

  /**
   * Name of the environment, a DNS label.
   *
   * @default 'production'
   */
  readonly environment?: string;

  /**
   * Namespace of every object.
   *
   * @default - `<name>-<environment>`
   */
  readonly namespace?: string;

  /**
   * Deployment scheme.
   *
   * @default 'open-private'
   */
  readonly scheme?: string;

  /**
   * The scheme's own keys, e.g. `providers` of `closed-cloud`, as a file would hold them.
   *
   * @default - none; the scheme asks for what it needs
   */
  readonly section?: Readonly<Record<string, unknown>>;

  /**
   * The model: an id of the catalogue (`qwen3-8b`), a Hugging Face repository that it knows, the path of a `config.json`,
   * or a model described inline.
   *
   * @default - none; schemes that serve a model ask for it
   */
  readonly model?: Given<Selection['model']>;

  /**
   * Number format of the weights, e.g. `bf16`, `fp8`, `awq`.
   *
   * @default - the first that the model's entry names
   */
  readonly precision?: Selection['precision'];

  /**
   * Sizing profile: `small`, `medium`, `large`, `edge`, or one of the project's. The options below win over its values.
   *
   * @default - none: then `accelerator`, `gpusPerReplica` and `concurrency` must be set
   */
  readonly profile?: string;

  /**
   * Catalogue id of the accelerator, e.g. `h100-sxm`.
   *
   * @default - the profile's
   */
  readonly accelerator?: string;

  /**
   * Accelerators of one replica.
   *
   * @default - the profile's
   */
  readonly gpusPerReplica?: number;

  /**
   * Replicas, as whole copies of the model. More `max` than `min` means autoscaling.
   *
   * @default - the profile's, else one
   */
  readonly replicas?: { readonly min?: number; readonly max?: number };

  /**
   * Longest prompt plus answer, tokens.
   *
   * @default - the profile's, else what the model's entry suggests
   */
  readonly context?: number;

  /**
   * Requests that one replica works on at once.
   *
   * @default - the profile's
   */
  readonly concurrency?: number;

  /**
   * What the service promises: milliseconds to the first token and between two tokens (p95), share of requests without a
   * server error.
   *
   * @default - the profile's, else nothing
   */
  readonly serviceLevels?: {
    readonly ttftMs?: number | null;
    readonly interTokenMs?: number | null;
    readonly availability?: number | null;
  };

  /**
   * Free space on the volume of the weights, as a share of them.
   *
   * @default - the profile's, else 0.3
   */
  readonly storage?: { readonly headroom?: number };

  /**
   * Version and settings of the engine: its own flag names in camelCase.
   *
   * @default - the catalogue's version, the rest computed or the engine's own
   */
  readonly engine?: Given<Selection['engine']>;

  /**
   * Where the weights come from.
   *
   * @default - Hugging Face, the repository that the model's entry names
   */
  readonly weights?: Given<Selection['weights']>;

  /**
   * The cluster, or the id of a file in the project's clusters/. What it is not said to have is left out.
   *
   * @default - a cluster without add-ons
   */
  readonly cluster?: Given<Selection['cluster']>;

  /**
   * How clients outside the namespace reach the endpoint.
   *
   * @default - not at all
   */
  readonly expose?: Given<Selection['expose']>;

  /**
   * Findings that a person accepts for a reason until a day.
   *
   * @default - none
   */
  readonly waivers?: Given<Selection['waivers']>;

  /**
   * Questions of licence, data class and security block.
   *
   * @default false
   */
  readonly strict?: boolean;

  /**
   * Everything must be in berth.lock.yaml.
   *
   * @default false
   */
  readonly requireLocked?: boolean;

  /** Who runs it; only checks read it. @default - unknown: checks that need it ask */
  readonly organization?: Given<Selection['organization']>;
  /** What the requests carry; only checks read it. @default - unknown: checks that need it ask */
  readonly data?: Given<Selection['data']>;
  /** How it is used; only checks read it. @default - unknown: checks that need it ask */
  readonly usage?: Given<Selection['usage']>;
}

const SOURCE = 'createPlan';
const SIZING = new Set(Object.keys(SizingSettings.shape));
/** Of a file, not of one environment that is planned alone. */
const OF_FILES = new Set(['version', 'environments', 'sizing', 'overrides', 'vendor', 'budget']);
const KNOWN = [
  ...Object.keys(selectionSchema([], []).shape).filter((key) => !OF_FILES.has(key)),
  ...SIZING,
  'environment',
  'namespace',
  'section',
];

/**
 * The options as a selection of one environment.
 * @throws UserError with every mistake, at the name of its option.
 */
export function selectionOf({ environment = 'production', ...options }: PlanOptions): LoadedSelection {
  refuseUnknown(Object.keys(options));
  const { namespace, scheme = 'open-private', section, ...others } = options;
  const set = Object.entries(others).filter(([, value]) => value !== undefined);
  const sizing = Object.fromEntries(set.filter(([key]) => SIZING.has(key)));
  const data = {
    version: 1,
    scheme,
    ...Object.fromEntries(set.filter(([key]) => !SIZING.has(key))),
    ...(Object.keys(sizing).length > 0 && { sizing }),
    ...section,
    environments: { [environment]: namespace === undefined ? {} : { namespace } },
  };
  const yaml: YamlFile = {
    file: SOURCE,
    data,
    problems: [],
    placeOf: (path) => ({ file: [SOURCE, ...optionPath(path, section)].join('.') }),
    textOf: () => undefined,
  };
  return parseSelection(yaml, templates);
}

function refuseUnknown(keys: readonly string[]): void {
  const problems = keys
    .filter((key) => !KNOWN.includes(key))
    .map((key) => ({
      place: { file: `${SOURCE}.${key}` },
      message: `unknown option '${key}', allowed: ${KNOWN.join(', ')}`,
      fix: didYouMean(key, KNOWN),
    }));
  if (problems.length > 0) throw new UserError(`${SOURCE} is not valid`, problems);
}

/** The key as the caller wrote it: sizing and the environment are not nested in the options, the scheme's keys are. */
function optionPath(path: readonly PropertyKey[], section: PlanOptions['section']): string[] {
  const own = path[0] === 'environments' ? path.slice(2) : path;
  const [first = '', ...rest] = own.map(String);
  if (first === 'sizing') return rest;
  return own.length > 0 && section !== undefined && first in section
    ? ['section', first, ...rest]
    : own.map(String);
}
