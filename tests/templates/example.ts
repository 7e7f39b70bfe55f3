import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { planChecks } from '../../src/checks/plan/all.js';
import { type Problem, UserError } from '../../src/error.js';
import { synthesize } from '../../src/synth/synthesize.js';
import type { Template } from '../../templates/template.js';
import { scratchProject } from '../selection/scratch.js';

export type Path = readonly string[];
export type Example = Record<string, unknown>;

/** The example that a template's folder carries. */
export function exampleOf(folder: string): Example {
  return parse(readFileSync(join(folder, 'example.yaml'), 'utf8'));
}

/** Plans, checks and builds selections in a project of their own. */
export function exampleProject(templates: readonly Template[]) {
  const { root, write } = scratchProject();
  return (example: Example) => {
    const file = write('selections/example.yaml', stringify(example));
    const checks = { plan: planChecks, manifest: manifestChecks };
    try {
      const { environments, error } = synthesize({
        root,
        files: [file],
        asOf: '2026-11-25',
        templates,
        checks,
      });
      return { environments, problems: error?.problems ?? [] };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { environments: [], problems: error.problems as readonly Problem[] };
    }
  };
}

/** Every key of the example, those of maps in maps included. Lists count as one value. */
export function keysOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...keysOf(inner, [...path, key])]);
}

/** A copy with one key changed; `undefined` takes it out. */
export function changed(example: Example, path: Path, value: unknown): Example {
  const copy = structuredClone(example);
  const last = path.at(-1) as string;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Example, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}
