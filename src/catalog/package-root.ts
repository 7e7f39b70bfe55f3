import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let found: string | undefined;

/** The folder of this package, whether the code runs from src/ or, compiled, from lib/src/. */
export function packageRoot(): string {
  found ??= search(import.meta.dirname);
  return found;
}

function search(folder: string): string {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'cdk8s-berth')
    return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the package cdk8s-berth has lost its package.json');
  return search(parent);
}
