import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, contentKey } from './cache.js';
import { openGuard } from './guard.js';
import { createStateFolder } from './state-folder.js';

const here = dirname(fileURLToPath(import.meta.url));

interface PlaneVersion {
  readonly kubernetes: string;
  readonly etcd: string;
  /** @default not built in: another version's kwok serves */
  readonly kwok?: string;
  readonly modFile: string;
}

/** The Kubernetes versions that can be built: minor version → exact versions. */
export const planeVersions = JSON.parse(readFileSync(join(here, 'plane/versions.json'), 'utf8')) as Readonly<
  Record<string, PlaneVersion>
>;
export const DEFAULT_KUBERNETES = '1.36';

/** Where the binaries of KEDA and its definitions lie. */
export interface KedaFiles {
  readonly operator: string;
  readonly adapter: string;
  readonly webhooks: string;
  readonly crds: string;
}

/**
 * The path of the binary that holds the control plane of one Kubernetes version, built with Go where the cache
 * lacks it.
 * @throws where the version is unknown, Go is missing, or the build fails
 */
export async function ensureBinary(minor: string = DEFAULT_KUBERNETES): Promise<string> {
  const version = planeVersions[minor];
  if (!version)
    throw new Error(
      `Kubernetes ${minor} is not in plane/versions.json: ${Object.keys(planeVersions).join(', ')}`,
    );
  const folder = join(here, 'plane');
  const sumFile = version.modFile.replace(/mod$/, 'sum');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.go'));
  const key = contentKey(`kubernetes-${version.kubernetes}`, folder, [...sources, version.modFile, sumFile]);
  const tags = version.kwok ? ['-tags=kwok'] : [];
  const entry = await cached(key, (target) =>
    compile(`Kubernetes ${version.kubernetes}`, target, folder, [
      [
        `-modfile=${version.modFile}`,
        ...tags,
        `-ldflags=-s -w ${stampVersion(version.kubernetes)}`,
        '-o',
        `${target}/proving-ground`,
        '.',
      ],
    ]),
  );
  return join(entry, 'proving-ground');
}

/** KEDA's own programs and definitions, built with Go where the cache lacks them. */
export async function ensureKeda(): Promise<KedaFiles> {
  const folder = join(here, 'keda');
  const entry = await cached(contentKey('keda', folder, ['go.mod', 'go.sum']), (target) => {
    const parts = ['operator', 'adapter', 'webhooks'];
    const builds = parts.map((part) => [
      '-ldflags=-s -w',
      '-o',
      `${target}/${part}`,
      `github.com/kedacore/keda/v2/cmd/${part}`,
    ]);
    return compile('KEDA', target, folder, builds, () => {
      const module = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'github.com/kedacore/keda/v2'], {
        cwd: folder,
      });
      copyFiles(join(module.toString().trim(), 'config/crd/bases'), join(target, 'crds'));
    });
  });
  const part = (name: string) => join(entry, name);
  return {
    operator: part('operator'),
    adapter: part('adapter'),
    webhooks: part('webhooks'),
    crds: part('crds'),
  };
}

// Without the stamp the API server calls itself v0.0.0-master, and clients compare versions.
function stampVersion(kubernetes: string): string {
  const [major, minor] = kubernetes.split('.');
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
    .map(
      (p) =>
        `-X ${p}.gitVersion=v${kubernetes} -X ${p}.gitMajor=${major} -X ${p}.gitMinor=${minor} -X ${p}.gitTreeState=clean`,
    )
    .join(' ');
}

async function compile(
  what: string,
  target: string,
  cwd: string,
  builds: readonly (readonly string[])[],
  finish: () => void = () => undefined,
): Promise<void> {
  requireTool('go', ['version']);
  const start = Date.now();
  console.log(`proving ground: building ${what} with Go, once; 5 to 15 minutes on two cores`);
  const guard = openGuard(createStateFolder());
  const progress = setInterval(
    () => console.log(`proving ground: still building ${what}, ${elapsed(start)}`),
    60_000,
  );
  try {
    mkdirSync(target, { recursive: true });
    for (const args of builds) {
      // The same flags every time: others would compile all 2800 packages again.
      guard.start('go', {
        command: 'go',
        args: ['build', '-mod=readonly', '-trimpath', ...args],
        cwd,
        env: { GOFLAGS: '-buildvcs=false', GOWORK: 'off', TMPDIR: guard.folder },
      });
      const { code } = await guard.exit('go');
      if (code !== 0) throw new Error(`building ${what} failed:\n${guard.log('go', 40)}`);
    }
    finish();
    renameSync(target, target.replace(/\.part-\d+$/, ''));
    console.log(`proving ground: built ${what} in ${elapsed(start)}`);
  } finally {
    clearInterval(progress);
    await guard.close();
  }
}

/** @throws with the tool's name where it is not on the PATH */
export function requireTool(tool: string, args: readonly string[]): void {
  try {
    execFileSync(tool, args, { stdio: 'ignore' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Error(`${tool} is not on the PATH`);
    throw error;
  }
}

// Go's module cache is read-only, and a plain copy would keep that.
function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) writeFileSync(join(to, name), readFileSync(join(from, name)));
}

function elapsed(start: number): string {
  const seconds = Math.round((Date.now() - start) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
