import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, contentKey } from './cache.js';
import { goBuild } from './go-build.js';
import { FAST_AUTOSCALER, LOOPBACK_KEDA, moduleFolder, overlayText } from './overlay.js';

const KEDA = 'github.com/kedacore/keda/v2';
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
  const files = [...sources, version.modFile, sumFile];
  const key = contentKey(`kubernetes-${version.kubernetes}`, folder, files, overlayText([FAST_AUTOSCALER]));
  const tags = `-tags=fastclock${version.kwok ? ',kwok' : ''}`;
  const link = `-ldflags=-s -w ${stampVersion(version.kubernetes)}`;
  const entry = await cached(key, (target) =>
    goBuild({
      what: `Kubernetes ${version.kubernetes}`,
      module: folder,
      modFile: version.modFile,
      copies: [FAST_AUTOSCALER],
      builds: [[tags, link, '-o', `${target}/proving-ground`, '.']],
      target,
    }),
  );
  return join(entry, 'proving-ground');
}

/** KEDA's own programs and definitions, built with Go where the cache lacks them. */
export async function ensureKeda(): Promise<KedaFiles> {
  const folder = join(here, 'keda');
  const key = contentKey('keda', folder, ['go.mod', 'go.sum'], overlayText(LOOPBACK_KEDA));
  const programs = { operator: `${KEDA}/cmd/operator`, adapter: './adapter', webhooks: './webhooks' };
  const entry = await cached(key, (target) =>
    goBuild({
      what: 'KEDA',
      module: folder,
      modFile: 'go.mod',
      copies: LOOPBACK_KEDA,
      builds: Object.entries(programs).map(([name, source]) => [
        '-ldflags=-s -w',
        '-o',
        `${target}/${name}`,
        source,
      ]),
      target,
      finish: () =>
        copyFiles(join(moduleFolder(folder, 'go.mod', KEDA), 'config/crd/bases'), join(target, 'crds')),
    }),
  );
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

// Go's module cache is read-only, and a plain copy would keep that.
function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) writeFileSync(join(to, name), readFileSync(join(from, name)));
}
