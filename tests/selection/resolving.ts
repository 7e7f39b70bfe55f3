import { type Catalog, openCatalog } from '../../src/catalog/catalog.js';
import { type LoadedSelection, loadSelection } from '../../src/selection/load.js';
import { resolveSelections } from '../../src/selection/resolve.js';
import type { Lock, ResolvedSelection } from '../../src/selection/resolved.js';
import { templates } from '../../templates/registry.js';
import { scratchProject, userReads } from './scratch.js';

const NO_LOCK: Lock = { images: {}, models: {} };

/** A project whose only sizing profile of its own is `team`, and what its selections resolve to. */
export function resolvingProject() {
  const { root, write } = scratchProject();
  write(
    'profiles/sizing/team.yaml',
    `id: team
name: Team
summary: for tests
accelerator: a100-80-sxm
gpusPerReplica: 2
replicas: { min: 1, max: 3 }
context: 16384
concurrency: 16
serviceLevels: { ttftMs: 2000, availability: 0.99 }
storage: { headroom: 0.4 }
checked: 2026-11-25
sources: {}
`,
  );
  let catalog: Catalog | undefined;
  const load = (files: readonly string[]): LoadedSelection[] =>
    files.map((text, index) => loadSelection(write(`selections/${index}.yaml`, text), root, templates));
  const resolve = (...files: string[]): ResolvedSelection[] => {
    catalog ??= openCatalog(root);
    return resolveSelections(load(files), { catalog, lock: NO_LOCK, root, schemes: templates });
  };
  return {
    root,
    write,
    resolve,
    /** The only environment of a selection that consists of these lines. */
    one: (lines: string): ResolvedSelection => resolve(selection(lines))[0] as ResolvedSelection,
    reads: (...files: string[]) => userReads(() => resolve(...files)),
  };
}

/** A selection with these lines; `production` is its environment unless they say another. */
export function selection(lines: string, name = 'chat'): string {
  const environments = /^environments:/m.test(lines) ? '' : 'environments:\n  production: {}\n';
  return `version: 1\nname: ${name}\nscheme: open-private\n${lines.trimEnd()}\n${environments}`;
}

/** `value from detail` of a setting. */
export function setting({ settings }: ResolvedSelection, key: string): string | undefined {
  const found = settings.find((one) => one.key === key);
  if (found === undefined) return undefined;
  const { value, from, detail } = found;
  return `${JSON.stringify(value)} ${from}${detail === undefined ? '' : ` (${detail})`}`;
}
