import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A system that the articles name, and by what a plan is known to deploy it. */
export interface System {
  readonly name: string;
  /** As the articles write it. */
  readonly names: readonly string[];
  readonly models?: readonly string[];
  /** `<provider profile>/<model>`, or `<provider profile>/*`. */
  readonly connectors?: readonly string[];
  readonly vendors?: readonly string[];
  readonly clusters?: readonly string[];
  readonly accelerators?: readonly string[];
  /** Stable-zero123, the one program that is no language model. */
  readonly views?: boolean;
  /** Scheme → key of `reasons`. */
  readonly without: Readonly<Record<string, string>>;
}

interface SystemsFile {
  readonly articles: readonly { readonly about: string; readonly names: readonly string[] }[];
  readonly reasons: Readonly<Record<string, string>>;
  readonly groups: readonly {
    readonly group: string;
    readonly without?: System['without'];
    readonly systems: readonly (Omit<System, 'without'> & Partial<Pick<System, 'without'>>)[];
  }[];
}

export interface SystemGroup {
  readonly group: string;
  readonly systems: readonly System[];
}

const file = parse(readFileSync(join(import.meta.dirname, 'systems.yaml'), 'utf8')) as SystemsFile;

export const { articles, reasons } = file;

/** A system's own `without` stands in place of its group's. */
export const groups: readonly SystemGroup[] = file.groups.map(({ group, without = {}, systems }) => ({
  group,
  systems: systems.map((system) => ({ without, ...system })),
}));

/** Paths of every example beside the least one, relative to the project's root. */
export function templateExamples(root: string, schemes: readonly string[]): string[] {
  return schemes.flatMap((scheme) => {
    const folder = `templates/${scheme}/examples`;
    return readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => `${folder}/${name}`);
  });
}
