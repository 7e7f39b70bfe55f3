import { resolve } from 'node:path';
import { AcceleratorProfile } from './accelerator.js';
import { ClusterKindProfile } from './cluster-kind.js';
import { EngineFamily, EngineTable } from './engine.js';
import { sortVersions, tableFor } from './engine-version.js';
import { LicenceProfile } from './licence.js';
import { type Checkpoint, ModelProfile } from './model.js';
import { packageRoot } from './package-root.js';
import { ProviderProfile } from './provider.js';
import { openShelf } from './shelf.js';
import { SizingProfile } from './sizing-profile.js';
import { TranslatorProfile } from './translator.js';

/** A repository as an entry names it. */
const REPOSITORY = /(?:huggingFace|modelScope):\s*['"]?([^\s'",}]+\/[^\s'",}]+)/;

/** A repository in the list of a licence. */
const LISTED_REPOSITORY = /id:\s*['"]?([^\s'",}]+\/[^\s'",}]+)/;

export type CatalogKind =
  | 'models'
  | 'accelerators'
  | 'sizing'
  | 'engines'
  | 'licences'
  | 'clusters'
  | 'providers'
  | 'translators';

/** What profiles/ holds. One id reads one file; an invalid file throws UserError with its places when it is asked for. */
export interface Catalog {
  model(id: string): ModelProfile | undefined;
  /** By catalogue id, or by the Hugging Face or ModelScope repository of one of its checkpoints, case ignored. */
  findModel(
    idOrRepository: string,
  ): { readonly model: ModelProfile; readonly checkpoint?: Checkpoint } | undefined;
  accelerator(id: string): AcceleratorProfile | undefined;
  sizingProfile(id: string): SizingProfile | undefined;
  licence(id: string): LicenceProfile | undefined;
  /** The licence that names this repository, for weights that have no entry in models/; case ignored. */
  licenceOf(repository: string | null):
    | {
        readonly licence: LicenceProfile;
        readonly note?: string | undefined;
        /** Scheme that runs it, where it is no language model. */
        readonly scheme?: string | undefined;
      }
    | undefined;
  /** A kind of cluster such as `eks`; one cluster of the user's is a file of clusters/. */
  clusterKind(id: string): ClusterKindProfile | undefined;
  /** A cloud that answers requests itself. */
  provider(id: string): ProviderProfile | undefined;
  /** A program between the gateway and providers that do not speak the OpenAI format. */
  translator(id: string): TranslatorProfile | undefined;
  /** The table of the version, or of the same minor's nearest earlier patch, else nearest later; see `tableFor`. */
  engine(version: string): { readonly table: EngineTable; readonly exact: boolean } | undefined;
  /** From old to new. */
  engineVersions(): readonly string[];
  readonly engineFamily: EngineFamily;
  /** Every id of a kind, by code unit. */
  ids(kind: CatalogKind): readonly string[];
  /** Entries of the project's profiles/ that replace the package's, one line each. */
  readonly notices: readonly string[];
}

/**
 * Opens the catalogue: a profile is looked up in the project's `profiles/<kind>/<id>.yaml`, then in the package's.
 * @param projectRoot The folder of the nearest cdk8s.yaml; undefined where there is no project.
 */
export function openCatalog(projectRoot?: string): Catalog {
  const places = {
    packageRoot: packageRoot(),
    projectRoot: projectRoot === undefined ? undefined : resolve(projectRoot),
  };
  const byId = { of: (entry: { id: string }) => entry.id, key: 'id' };
  const models = openShelf({ ...places, kind: 'models', extension: '.yaml' }, ModelProfile, byId);
  const accelerators = openShelf(
    { ...places, kind: 'accelerators', extension: '.yaml' },
    AcceleratorProfile,
    byId,
  );
  const sizing = openShelf({ ...places, kind: 'sizing', extension: '.yaml' }, SizingProfile, byId);
  const licences = openShelf({ ...places, kind: 'licences', extension: '.yaml' }, LicenceProfile, byId);
  const clusters = openShelf({ ...places, kind: 'clusters', extension: '.yaml' }, ClusterKindProfile, byId);
  const providers = openShelf({ ...places, kind: 'providers', extension: '.yaml' }, ProviderProfile, byId);
  const translators = openShelf(
    { ...places, kind: 'translators', extension: '.yaml' },
    TranslatorProfile,
    byId,
  );
  const families = openShelf(
    { ...places, kind: 'engines', extension: '.yaml', pattern: /^/ },
    EngineFamily,
    byId,
  );
  const engines = openShelf(
    { ...places, kind: 'engines', extension: '.json', pattern: /^vllm-\d/ },
    EngineTable,
    {
      of: (table) => `${table.engine}-${table.version}`,
      key: 'version',
    },
  );
  const versions = sortVersions(engines.ids.map((id) => id.replace(/^vllm-/, '')));
  const shelves = { models, accelerators, sizing, engines, licences, clusters, providers, translators };
  return {
    model: models.get,
    findModel(idOrRepository) {
      const model = models.get(idOrRepository.toLowerCase());
      if (model !== undefined) return { model };
      return idOrRepository.includes('/') ? findByRepository(idOrRepository) : undefined;
    },
    accelerator: accelerators.get,
    sizingProfile: sizing.get,
    licence: licences.get,
    licenceOf: findLicence,
    clusterKind: clusters.get,
    provider: providers.get,
    translator: translators.get,
    engine(version) {
      const found = tableFor(version, versions);
      const table = found === undefined ? undefined : engines.get(`vllm-${found}`);
      return table && { table, exact: table.version === version };
    },
    engineVersions: () => versions,
    get engineFamily() {
      const family = families.get('vllm');
      if (family === undefined) throw new Error('the package has lost profiles/engines/vllm.yaml');
      return family;
    },
    ids: (kind) => shelves[kind].ids,
    notices: [...Object.values(shelves), families].flatMap((shelf) => shelf.notices),
  };

  function findLicence(repository: string | null) {
    if (repository === null) return undefined;
    const wanted = repository.toLowerCase();
    for (const id of licences.indexBy(LISTED_REPOSITORY).get(wanted) ?? []) {
      const licence = licences.get(id);
      const found = licence?.repositories.find((one) => one.id.toLowerCase() === wanted);
      if (licence && found) return { licence, note: found.note, scheme: found.scheme };
    }
    return undefined;
  }

  function findByRepository(repository: string) {
    const wanted = repository.toLowerCase();
    for (const id of models.indexBy(REPOSITORY).get(wanted) ?? []) {
      const model = models.get(id);
      const checkpoint = model?.checkpoints.find(
        ({ huggingFace, modelScope }) =>
          huggingFace?.toLowerCase() === wanted || modelScope?.toLowerCase() === wanted,
      );
      if (model && checkpoint) return { model, checkpoint };
    }
    return undefined;
  }
}
