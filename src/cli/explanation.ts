import { templates } from '../../templates/registry.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Check } from '../checks/check.js';
import { manifestChecks } from '../checks/manifest/all.js';
import { planChecks } from '../checks/plan/all.js';

/** What one id stands for. */
export interface Explanation {
  readonly id: string;
  /** `model`, `accelerator`, `check` … */
  readonly what: string;
  readonly title: string;
  /** In plain words, one paragraph each. */
  readonly text: readonly string[];
  /** The entry as it stands, without what the other fields say. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Where the facts come from; the key says which. */
  readonly sources: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  /** What nobody has confirmed. */
  readonly notVerified: readonly string[];
  /** Day on which the entry was last compared with its sources. */
  readonly checked?: string;
}

/** Everything that an id means: a word may name a model and a licence. */
export function explain(id: string, catalog: Catalog): Explanation[] {
  const version = id.replace(/^vllm[@-]/, '');
  const found = [
    entry('model', catalog.findModel(id)?.model),
    entry('accelerator', catalog.accelerator(id)),
    entry('sizing profile', catalog.sizingProfile(id)),
    entry('cluster kind', catalog.clusterKind(id)),
    entry('provider', catalog.provider(id)),
    entry('translator', catalog.translator(id)),
    licence(id, catalog),
    catalog.engineVersions().includes(version) ? engine(version, catalog) : undefined,
    ...templates.filter(({ name }) => name === id).map(({ name, summary }) => plain(name, 'scheme', summary)),
    ...planChecks.filter((check) => check.id === id).map((check) => ofCheck(check, 'the plan')),
    ...manifestChecks.filter((check) => check.id === id).map((check) => ofCheck(check, 'the manifests')),
  ];
  return found.filter((one) => one !== undefined);
}

/** Every id that can be explained. */
export function explainable(catalog: Catalog): string[] {
  return [
    ...(
      ['models', 'accelerators', 'sizing', 'licences', 'clusters', 'providers', 'translators'] as const
    ).flatMap((kind) => catalog.ids(kind)),
    ...catalog.engineVersions().map((version) => `vllm@${version}`),
    ...templates.map(({ name }) => name),
    ...[...planChecks, ...manifestChecks].map(({ id }) => id),
  ];
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly checked: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly notVerified: readonly string[];
}

function entry(what: string, found: Entry | undefined): Explanation | undefined {
  if (found === undefined) return undefined;
  const { id, name, checked, sources, notes, notVerified, ...facts } = found;
  return { id, what, title: name, text: [], facts, sources, notes, notVerified, checked };
}

function licence(id: string, catalog: Catalog): Explanation | undefined {
  const found = catalog.licence(id);
  if (found === undefined) return undefined;
  const { name, source, notes, checked, verified, conditions, ...facts } = found;
  const read = { yes: 'in full', partly: 'in part', no: 'by nobody' }[verified];
  return {
    ...plain(id, 'licence', name),
    text: conditions,
    facts: { ...facts, textRead: read },
    sources: { terms: source },
    notes,
    notVerified: verified === 'yes' ? [] : [`the licence's text was read ${read}`],
    checked,
  };
}

function engine(version: string, catalog: Catalog): Explanation {
  const { engineFamily } = catalog;
  const table = catalog.engine(version)?.table;
  return {
    ...plain(`vllm@${version}`, 'engine', `vLLM ${version}`),
    facts: {
      default: version === engineFamily.defaultVersion,
      images: engineFamily.images,
      flags: table?.serve.flags.length,
      metrics: Object.keys(table?.metrics ?? {}).length,
    },
    sources: engineFamily.sources,
    checked: engineFamily.checked,
  };
}

function ofCheck(check: Omit<Check<never>, 'run'>, reads: string): Explanation {
  return {
    ...plain(check.id, 'check', check.title),
    text: [check.why],
    facts: { reads, inputs: check.inputs, guards: check.guards ?? false, traps: check.traps ?? [] },
    sources: { rule: check.source },
  };
}

function plain(id: string, what: string, title: string): Explanation {
  return { id, what, title, text: [], facts: {}, sources: {}, notes: [], notVerified: [] };
}
