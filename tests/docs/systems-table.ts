import { type Plan, plansOf } from '../../src/plan/plan.js';
import { reasons, type System, type SystemGroup } from './systems.js';

/** What an example deploys in one of its environments. */
export interface Built {
  /** Relative to the project's root. */
  readonly file: string;
  readonly plan: Plan;
}

/** The first example of a scheme that deploys a system. */
export function exampleFor(system: System, scheme: string, built: readonly Built[]): Built | undefined {
  return built.find(
    ({ plan }) => plan.scheme === scheme && plansOf(plan).some((part) => deploys(part, system)),
  );
}

function deploys(plan: Plan, system: System): boolean {
  const { models = [], connectors = [], vendors = [], clusters = [], accelerators = [] } = system;
  const { servers, licensed = [], imageTo3d, gateways, settings } = plan;
  const kind = settings.find(({ key }) => key === 'cluster.kind')?.value;
  const asked = gateways.flatMap((gateway) => gateway.connectors);
  const running = [...servers, ...licensed, ...(imageTo3d ? [imageTo3d] : [])];
  return (
    servers.some(({ model }) => models.includes(model.id)) ||
    asked.some(({ profile, model }) =>
      [`${profile}/*`, `${profile}/${model}`].some((one) => connectors.includes(one)),
    ) ||
    licensed.some(({ vendor }) => vendors.includes(vendor)) ||
    running.some(({ accelerator }) => accelerators.includes(accelerator.id)) ||
    clusters.some((cluster) => cluster === kind) ||
    (system.views === true && imageTo3d !== undefined)
  );
}

/** The table as Markdown, with the reasons of its empty cells below it. */
export function systemsTable(
  groups: readonly SystemGroup[],
  schemes: readonly string[],
  built: readonly Built[],
): string {
  const letters = new Map<string, string>();
  const letter = (reason: string) => {
    const known = letters.get(reason) ?? String.fromCharCode(97 + letters.size);
    letters.set(reason, known);
    return known;
  };
  const cell = (system: System, scheme: string): string => {
    const example = exampleFor(system, scheme, built);
    const reason = system.without[scheme];
    if (example !== undefined) return `[${label(example, built)}](${example.file})`;
    return reason === undefined ? '' : `– ${letter(reason)}`;
  };
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = groups.flatMap(({ group, systems }) => [
    row([`**${group}**`, ...schemes.map(() => '')]),
    ...systems.map((system) => row([system.name, ...schemes.map((scheme) => cell(system, scheme))])),
  ]);
  const notes = [...letters].map(([reason, sign]) => `- ${sign}: ${reasons[reason]}`);
  return [row(['', ...schemes]), row(['---', ...schemes.map(() => '---')]), ...rows, '', ...notes].join('\n');
}

/** A selection by its name, an example of a template by its environment where it has several. */
function label({ file, plan }: Built, built: readonly Built[]): string {
  const several = built.filter((other) => other.file === file).length > 1;
  if (file.startsWith('templates/') && several) return plan.environment;
  return file.replace(/^.*\//, '').replace(/\.yaml$/, '');
}
