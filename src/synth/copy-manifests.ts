import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { EnvironmentFiles } from './dist-changes.js';

/**
 * Gives the cdk8s CLI the folder that it expects: the manifests alone, for its list and its validation plugins. The
 * copy is disposable, `dist/` is what counts; a folder in or around `dist/` is left alone.
 */
export function copyManifests(environments: readonly EnvironmentFiles[], outdir: string, root: string): void {
  const fromDist = relative(join(root, 'dist'), outdir);
  if (!fromDist.startsWith('..') || join(root, 'dist').startsWith(`${outdir}/`)) return;
  mkdirSync(outdir, { recursive: true });
  for (const { files } of environments) {
    for (const [path, content] of files) {
      if (!path.endsWith('.yaml') || path.endsWith('/kustomization.yaml')) continue;
      const copy = join(outdir, path.replace(/^dist\//, ''));
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, content);
    }
  }
}
