import * as z from 'zod';
import { Id } from '../catalog/facts.js';
import { mustBe } from '../catalog/issue-message.js';
import { ModelProfile, Precision } from '../catalog/model.js';
import { Budget, DataHandled, Organization, Usage, Vendor } from './circumstances.js';
import { Cluster } from './cluster.js';
import { EngineSettings } from './engine-settings.js';
import { Expose } from './expose.js';
import { Override } from './override.js';
import type { Scheme } from './scheme.js';
import { Secret } from './secret.js';
import { SizingSettings } from './sizing-settings.js';
import { Waiver } from './waiver.js';
import { partialWithNulls, shapeWithNulls, withNulls } from './with-nulls.js';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const label = mustBe("lower case letters, digits and '-', starting with a letter");

/** A DNS label short enough for `<name>-<environment>` to stay one in most cases. */
const Name = z.string().max(40).regex(LABEL, label);

/** Where the weights come from. */
export const Weights = z.strictObject({
  source: z.enum(['huggingface', 'mirror', 'modelscope']).optional().describe('Where the weights come from.'),
  endpoint: z.url().optional().describe('Address of a Hugging Face mirror.'),
  repository: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+$/, mustBe('a repository such as Qwen/Qwen3-8B'))
    .optional()
    .describe("Repository of the weights. Default: the one that the model's profile names."),
  licence: Id.optional().describe(
    'Licence that you hold the weights under, by its id in the catalogue, where the model names none.',
  ),
  token: Secret.optional().describe('Token for gated repositories, by reference.'),
  revision: z
    .string()
    .regex(/^[0-9a-f]{40}$/, mustBe('a commit of 40 hex digits'))
    .optional()
    .describe('Commit of the repository. Default: from berth.lock.yaml.'),
});
export type Weights = z.infer<typeof Weights>;

const Model = z.union([
  Id,
  z.string().regex(/^[^/\s]+\/[^/\s]+$/, mustBe('a catalogue id or a repository such as Qwen/Qwen3-8B')),
  z.string().regex(/\.json$/, mustBe('a path to a config.json')),
  ModelProfile,
]);

/** Keys that say what is served and on what. */
export const servingShape = {
  model: Model.optional().describe(
    'Catalogue id, Hugging Face repository of the catalogue, path to a config.json from here, or a model described inline.',
  ),
  precision: Precision.optional().describe("Number format of the weights. Default: the model's first."),
  profile: Id.optional().describe('Sizing profile: small, medium, large, edge, or your own.'),
  sizing: SizingSettings.optional().describe('Values over the sizing profile.'),
  engine: EngineSettings.optional().describe("The engine's own settings."),
  weights: Weights.optional().describe('Where the weights come from.'),
};

/** Keys that a selection and each of its environments may set; the environment wins, maps merge, lists replace, null removes. */
const shared = {
  ...servingShape,
  cluster: z
    .union([Id, withNulls(Cluster)])
    .optional()
    .describe('The cluster, or the id of a file in clusters/.'),
  expose: Expose.optional().describe('How clients outside the namespace reach the endpoint.'),
  overrides: z.array(Override).optional().describe('Changes to emitted objects that no key makes.'),
  waivers: z.array(Waiver).optional().describe('Findings accepted for a reason until a day.'),
  strict: z
    .boolean()
    .optional()
    .describe('Questions of licence, data class and security block. Default: false.'),
  requireLocked: z.boolean().optional().describe('Everything must be in berth.lock.yaml. Default: false.'),
};

/** Null removes what a weaker layer says. */
const settable = shapeWithNulls(shared);

const namespace = z
  .string()
  .max(63)
  .regex(LABEL, label)
  .nullable()
  .optional()
  .describe('Namespace. Default: <name>-<environment>.');

/** One target of a selection, without the keys of its scheme. */
const EnvironmentSection = z.strictObject({ ...settable, namespace });
export type EnvironmentSection = z.infer<typeof EnvironmentSection>;

/** What only the selection says, not its environments. */
const circumstances = {
  organization: Organization.optional().describe('Who runs it.'),
  data: DataHandled.optional().describe('What the requests carry.'),
  usage: Usage.optional().describe('How it is used.'),
  vendor: Vendor.optional().describe('What the supplier promises.'),
  budget: Budget.optional().describe('What it may cost.'),
};

/**
 * The user's file. Unknown keys are mistakes.
 * @param names Words that `scheme` may be.
 * @param schemes Those whose own keys are allowed: the one that the file names, or all of them for editors.
 */
export function selectionSchema(names: readonly string[], schemes: readonly Scheme[]) {
  const own = joined(schemes.map(({ section }) => partialWithNulls(section)));
  return z.strictObject({
    version: z.literal(1).describe('Version of this format: 1.'),
    name: Name.describe('Name of the selection; unique among the selections.'),
    scheme: z.enum(names).describe('Deployment scheme.'),
    ...settable,
    ...circumstances,
    ...own,
    environments: z
      .record(Name, z.strictObject({ ...EnvironmentSection.shape, ...own }).nullable())
      .refine((value) => Object.keys(value).length > 0, {
        error: 'needs at least one environment, e.g. production',
      })
      .meta({ description: 'The targets, one folder in dist/ each.', minProperties: 1 }),
  });
}
export type Selection = z.infer<ReturnType<typeof selectionSchema>>;

/** Types know the keys of schemes only as a section; a key of two schemes is what either says. */
function joined(shapes: readonly Record<string, z.ZodType>[]): Record<never, never> {
  const fields = new Map<string, z.ZodType[]>();
  for (const [key, field] of shapes.flatMap((shape) => Object.entries(shape)))
    fields.set(key, [...(fields.get(key) ?? []), field]);
  return Object.fromEntries(
    [...fields].map(([key, [first, ...more]]) => [
      key,
      first && more.length > 0
        ? z
            .union([first, ...more])
            .optional()
            .describe(first.description ?? '')
        : first,
    ]),
  );
}

/** Where a key belongs that the chosen scheme lacks and another one has: for the message. */
export function keysOfOthers(schemes: readonly Scheme[], chosen: Scheme): Record<string, string> {
  const keys = new Set(schemes.flatMap(({ section }) => Object.keys(section.shape)));
  const others = [...keys].filter((key) => !(key in chosen.section.shape));
  return Object.fromEntries(
    others.map((key) => {
      const owners = schemes.filter(({ section }) => key in section.shape).map(({ name }) => name);
      return [key, `it belongs to scheme ${owners.join(' and ')}, and this selection's is ${chosen.name}`];
    }),
  );
}
