import type { Catalog } from '../catalog/catalog.js';
import { type HeldUnder, heldUnder } from '../catalog/held-under.js';
import type { ChosenModel } from './choose-model.js';
import type { Serving } from './resolved.js';
import type { Weights } from './schema.js';

/** The licences of the chosen weights, and those of every other model for when the chosen one is refused. */
export function chooseLicences(
  chosen: ChosenModel,
  weights: Weights,
  catalog: Catalog,
): Pick<Serving, 'heldUnder' | 'otherModels'> {
  return {
    heldUnder: licencesOf(chosen, weights, catalog),
    otherModels: () =>
      catalog.ids('models').flatMap((id) => {
        const model = id === chosen.model.id ? undefined : catalog.model(id);
        return model === undefined ? [] : [{ model, heldUnder: heldUnder(model, catalog) }];
      }),
  };
}

/** What the user states fills a gap; beside a licence that the model names it comes on top. */
function licencesOf({ model, checkpoint }: ChosenModel, weights: Weights, catalog: Catalog): HeldUnder[] {
  const found = heldUnder(model, catalog);
  const known =
    model.licence === 'unknown' ? catalog.licenceOf(weights.repository ?? checkpoint.huggingFace) : undefined;
  const said = weights.licence ?? known?.licence.id;
  if (said === undefined || said === model.licence) return found;
  const own: HeldUnder = { id: said, profile: catalog.licence(said), of: model.name, how: null };
  return [own, ...found.filter(({ id, how }) => !(id === 'unknown' && how === null))];
}
