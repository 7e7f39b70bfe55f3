import { resolve } from 'node:path';
import { templates } from '../templates/registry.js';
import { manifestChecks } from './checks/manifest/all.js';
import { planChecks } from './checks/plan/all.js';
import { UserError } from './error.js';
import { findSelections, requireProjectRoot } from './selection/project.js';
import { copyManifests } from './synth/copy-manifests.js';
import type { SynthRequest } from './synth/request.js';
import { synthesize } from './synth/synthesize.js';
import { restoreDist, type Say, writeDist } from './synth/writer.js';

/** A request for everything that the project deploys, with every template and every check. */
export function projectRequest(folder: string): SynthRequest {
  const root = requireProjectRoot(folder);
  if (findSelections(root).length === 0)
    throw new UserError('nothing to deploy', [
      {
        message: 'selections/ holds no .yaml file',
        fix: 'write one; `berth list schemes` shows what there is',
      },
    ]);
  return {
    root,
    asOf: new Date().toISOString().slice(0, 10),
    templates,
    checks: { plan: planChecks, manifest: manifestChecks },
  };
}

/**
 * The cdk8s app: writes `dist/` as `berth synth` does, then gives the cdk8s CLI its copy of the manifests.
 * @param outdir Folder that the CLI expects to find filled, from the environment variable CDK8S_OUTDIR.
 * @throws UserError with every problem of every selection; then nothing is written.
 */
export function synthApp(folder: string, outdir: string | undefined, say: Say): void {
  const request = projectRequest(folder);
  restoreDist(request.root, say);
  const { environments, error } = synthesize(request);
  if (error !== undefined) throw error;
  const wanted = environments.flatMap(({ output }) => output ?? []);
  const { files } = writeDist(request.root, wanted, true, say);
  say(`dist/: ${wanted.length} environments, ${files.length} files changed`);
  if (outdir !== undefined) copyManifests(wanted, resolve(folder, outdir), request.root);
}
