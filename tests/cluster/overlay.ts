import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** A package of another module, compiled as one of ours with one change. */
export interface CopiedPackage {
  readonly module: string;
  /** Folder in that module. */
  readonly from: string;
  /** Folder in our module; it exists only while compiling. */
  readonly to: string;
  readonly change: {
    readonly file: string;
    readonly pattern: RegExp;
    readonly by: string;
    readonly atLeast: number;
  };
  /** A file of ours that joins the package, its path in this folder. @default none */
  readonly added?: string;
}

/**
 * The autoscaler with a clock whose speed a variable sets, so that a stabilization window of ten minutes can be seen to
 * pass. Its decisions are untouched; so are the times that it writes into objects.
 */
export const FAST_AUTOSCALER: CopiedPackage = {
  module: 'k8s.io/kubernetes',
  from: 'pkg/controller/podautoscaler',
  to: 'podautoscaler',
  change: {
    file: 'horizontal.go',
    pattern: /(?<!start := |NewTime\()time\.Now\(\)/g,
    by: 'windowNow()',
    atLeast: 9,
  },
  added: 'plane/overlay/hpa_clock.go',
};

/** KEDA's servers listen on loopback only; it has no flags for that. */
export const LOOPBACK_KEDA: readonly CopiedPackage[] = [
  {
    module: 'github.com/kedacore/keda/v2',
    from: 'cmd/adapter',
    to: 'adapter',
    change: {
      file: 'main.go',
      pattern: /metricsBindAddress := fmt\.Sprintf\(":%v"/,
      by: 'metricsBindAddress := fmt.Sprintf("127.0.0.1:%v"',
      atLeast: 1,
    },
  },
  {
    module: 'github.com/kedacore/keda/v2',
    from: 'cmd/webhooks',
    to: 'webhooks',
    change: {
      file: 'main.go',
      pattern: /webhook\.NewServer\(webhook\.Options\{/,
      by: 'webhook.NewServer(webhook.Options{Host: "127.0.0.1",',
      atLeast: 1,
    },
  },
];

/** Text that changes when the copies do, for the key of what is built with them. */
export function overlayText(copies: readonly CopiedPackage[]): string {
  const added = copies.flatMap((copy) => (copy.added ? [readFileSync(join(here, copy.added), 'utf8')] : []));
  return [
    ...copies.map(({ from, to, change }) => [from, to, change.file, change.pattern, change.by].join(' ')),
    ...added,
  ].join('\n');
}

/**
 * Writes the changed files and the list that `go build -overlay` reads.
 * @param ours folder of our Go module
 * @returns the path of the list
 */
export function writeOverlay(
  folder: string,
  ours: string,
  modFile: string,
  copies: readonly CopiedPackage[],
): string {
  const replace: Record<string, string> = {};
  for (const { module, from, to, change, added } of copies) {
    const source = join(moduleFolder(ours, modFile, module), from);
    const files = readdirSync(source).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
    for (const name of files) replace[join(ours, to, name)] = join(source, name);
    if (added) replace[join(ours, to, added.replace(/.*\//, ''))] = join(here, added);
    replace[join(ours, to, change.file)] = join(folder, `${to}-${change.file}`);
    const text = readFileSync(join(source, change.file), 'utf8');
    const matches = text.split(change.pattern).length - 1;
    if (matches < change.atLeast)
      throw new Error(`${module}/${from}/${change.file}: ${matches} places match ${change.pattern}`);
    writeFileSync(join(folder, `${to}-${change.file}`), text.replace(change.pattern, change.by));
  }
  const list = join(folder, 'overlay.json');
  writeFileSync(list, JSON.stringify({ Replace: replace }));
  return list;
}

/** Folder of a module in Go's module cache, downloaded where it is missing. */
export function moduleFolder(ours: string, modFile: string, module: string): string {
  const env = { ...process.env, GOFLAGS: '', GOWORK: 'off' };
  const answer = execFileSync('go', ['mod', 'download', `-modfile=${modFile}`, '-json', module], {
    cwd: ours,
    env,
  });
  return (JSON.parse(answer.toString()) as { Dir: string }).Dir;
}
