import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { EnvironmentFiles } from './dist-changes.js';

/**
 * Gives the cdk8s CLI what it expects to find, in its own manner: one file of manifests for each environment, for its
 * list, its validation plugins and `--stdout`. The copy is disposable, `dist/` is what counts; a folder in or around
 * `dist/` is left alone.
 */
export function copyManifests(environments: readonly EnvironmentFiles[], outdir: string, root: string): void {
  const fromDist = relative(join(root, 'dist'), outdir);
  if (!fromDist.startsWith('..') || join(root, 'dist').startsWith(`${outdir}/`)) return;
  mkdirSync(outdir, { recursive: true });
  for (const { name, environment, files } of environments) {
    const manifests = [...files].filter(
      ([path]) => path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml'),
    );
    const stream = manifests.map(([, text]) => `---\n${text}`).join('');
    writeFileSync(join(outdir, `${name}-${environment}.k8s.yaml`), stream);
  }
}
