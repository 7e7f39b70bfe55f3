import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthRequest } from '../../src/synth/request.js';
import { synthesize } from '../../src/synth/synthesize.js';
import { type Say, writeDist } from '../../src/synth/writer.js';
import { scratchProject } from '../selection/scratch.js';
import { toyTemplate } from './toy-template.js';

/** A selection that is valid; what tests vary is appended or replaced. */
export function toySelection(name: string, more = ''): string {
  return `version: 1
name: ${name}
scheme: open-private
model: qwen3-8b
profile: edge
cluster: { kubernetes: "1.36" }
environments:
  staging: {}
  production: { sizing: { context: 8192 } }
${more}`;
}

/** A project whose only template is the toy. */
export function toyProject() {
  const { root, write } = scratchProject();
  const request = (more: Partial<SynthRequest> = {}): SynthRequest => ({
    root,
    asOf: '2026-11-25',
    templates: [toyTemplate],
    checks: { plan: [], manifest: [] },
    ...more,
  });
  const said: string[] = [];
  const say: Say = (line) => said.push(line);
  /** What `berth synth` does. */
  const synth = (more: Partial<SynthRequest> = {}) => {
    const { environments, error, complete } = synthesize(request(more));
    if (error !== undefined && !more.keepGoing) throw error;
    const wanted = environments.flatMap(({ output }) => output ?? []);
    return { ...writeDist(root, wanted, complete, say), error };
  };
  return { root, write, request, synth, said, files: () => filesBelow(join(root, 'dist')) };
}

/** Content by path, of every file below a folder; empty where there is none. */
export function filesBelow(folder: string): Record<string, string> {
  let entries: ReturnType<typeof list>;
  try {
    entries = list(folder);
  } catch {
    return {};
  }
  const found = entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [[entry.name, readFileSync(path, 'utf8')] as const];
    return Object.entries(filesBelow(path)).map(([name, text]) => [`${entry.name}/${name}`, text] as const);
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function list(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}
