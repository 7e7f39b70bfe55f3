import type { AcceleratorProfile } from '../../catalog/accelerator.js';
import type { Catalog } from '../../catalog/catalog.js';
import type { EngineTable } from '../../catalog/engine.js';
import { heldUnder } from '../../catalog/held-under.js';
import type { Checkpoint, ModelProfile } from '../../catalog/model.js';
import type { SizingProfile } from '../../catalog/sizing-profile.js';
import { knowsArchitecture } from '../../checks/plan/engine.js';
import { UserError } from '../../error.js';
import type { Use } from '../../licence/use.js';
import { type Licensing, licensing } from '../../licence/verdict.js';
import { sizeModel } from '../../sizing/size-model.js';
import type { Partly } from './answers.js';

/** A model that the company may use, with weights that fit. */
export interface Suggestion {
  readonly model: ModelProfile;
  readonly checkpoint: Checkpoint;
  readonly gpus: number;
  readonly licensing: Licensing;
}

/** Cards of this size and below need room beside the engine's budget. */
const SMALL_CARD_GB = 24;
const SMALL_CARD_UTILIZATION = 0.9;
const OFFERED = 6;
/** Generic work: the selection rules' 7 to 14 billion, and a little around them. */
const GENERIC_PARAMETERS = [3e9, 15.5e9] as const;

/** The sizing profile that its own summary gives to so many people. */
export function profileFor(concurrentUsers: number): string {
  if (concurrentUsers <= 5) return 'small';
  return concurrentUsers <= 100 ? 'medium' : 'large';
}

/** Share of the memory that the engine takes, where its default is too much for the card. */
export function utilizationFor({ memory }: AcceleratorProfile): number | undefined {
  return memory.marketedGb <= SMALL_CARD_GB ? SMALL_CARD_UTILIZATION : undefined;
}

/** Simply free ones before those with duties, text before pictures, then newest first; two of a family at most. */
export function suggestModels(answers: Partly, use: Use, catalog: Catalog): Suggestion[] {
  const found: Suggestion[] = [];
  const families = new Map<string, number>();
  const candidates = catalog
    .ids('models')
    .flatMap((id) => catalog.model(id) ?? [])
    .filter((model) => isCandidate(model, answers))
    .flatMap((model) => {
      const licence = licensing(heldUnder(model, catalog), use, false);
      return licence.objections.some(({ state, key }) => state === 'refused' || key === null)
        ? []
        : [{ model, licence }];
    })
    .sort(
      (a, b) =>
        rank(a.licence) - rank(b.licence) ||
        Math.min(a.model.modalities.length, 1) - Math.min(b.model.modalities.length, 1) ||
        (a.model.released === b.model.released
          ? 0
          : (a.model.released ?? '') < (b.model.released ?? '')
            ? 1
            : -1) ||
        (a.model.id < b.model.id ? -1 : 1),
    );
  for (const { model, licence } of candidates) {
    const taken = families.get(model.family) ?? 0;
    if (taken >= 2) continue;
    const fit = fitOf(model, answers, catalog);
    if (fit === undefined) continue;
    families.set(model.family, taken + 1);
    found.push({ model, licensing: licence, ...fit });
    if (found.length === OFFERED) break;
  }
  return found;
}

/** One model by its id, whatever its size and age; undefined where nothing of it fits. */
export function suggestionOf(
  id: string,
  answers: Partly,
  use: Use,
  catalog: Catalog,
): Suggestion | undefined {
  const model = catalog.model(id);
  const fit = model && fitOf(model, answers, catalog);
  return model && fit && { model, licensing: licensing(heldUnder(model, catalog), use, false), ...fit };
}

function rank({ verdict }: Licensing): number {
  return { allowed: 0, obligations: 1, question: 1, refused: 2 }[verdict];
}

function isCandidate(model: ModelProfile, { need, country }: Partly): boolean {
  const { total } = model.parameters;
  const [least, most] = GENERIC_PARAMETERS;
  if (model.task !== 'chat' || total === null) return false;
  if (need === 'generic' && (total < least || total > most)) return false;
  return country !== 'CN' || model.chinese === true;
}

/** The fewest accelerators, then the maker's first weights. */
function fitOf(
  model: ModelProfile,
  { accelerator: id = '', gpusPerNode = 1, concurrentUsers = 1 }: Partly,
  catalog: Catalog,
): Pick<Suggestion, 'checkpoint' | 'gpus'> | undefined {
  const accelerator = catalog.accelerator(id);
  const profile = catalog.sizingProfile(profileFor(concurrentUsers));
  const engine = catalog.engine(catalog.engineFamily.defaultVersion)?.table;
  if (!accelerator || !profile || !engine || !knowsArchitecture(engine, model.architecture.class))
    return undefined;
  for (const gpus of [1, 2, 4, 8].filter((count) => count <= gpusPerNode))
    for (const checkpoint of model.checkpoints)
      if (!checkpoint.notVerified && fits({ model, checkpoint, gpus }, accelerator, profile, engine))
        return { checkpoint, gpus };
  return undefined;
}

function fits(
  one: Pick<Suggestion, 'model' | 'checkpoint' | 'gpus'>,
  accelerator: AcceleratorProfile,
  profile: SizingProfile,
  engine: EngineTable,
): boolean {
  const utilization = utilizationFor(accelerator);
  try {
    const { verdict } = sizeModel({
      ...one,
      accelerator,
      engine,
      maxModelLen: Math.min(profile.context, one.model.context.max),
      maxNumSeqs: profile.concurrency,
      concurrency: 4,
      ...(utilization !== undefined && { gpuMemoryUtilization: utilization }),
    });
    return verdict === 'fits';
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
