import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface Registry {
  readonly url: string;
  readonly close: () => void;
}

/** Packs this package into a folder. @returns The tarball. */
function pack(folder: string): Buffer {
  const { stdout, status, stderr } = spawnSync(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(folder, stdout.trim()));
}

/** A registry on the loopback that has this very package, as if it had been published, and the ordinary one behind it. */
export async function registryWith(folder: string): Promise<Registry> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version } = manifest;
  const tarball = pack(folder);
  const behind = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === `/${name}`) return json(response, packument());
    if (path.startsWith(`/${name}/-/`)) return response.end(tarball);
    forward(new URL(path.replace(/^\//, ''), behind), request.headers.accept, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function packument() {
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const { scripts: _, devDependencies: __, ...published } = manifest;
    const dist = { tarball: `${url}/${name}/-/${name}-${version}.tgz`, integrity };
    return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...published, dist } } };
  }
  return {
    url,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}

function forward(url: URL, accept: string | undefined, response: ServerResponse): void {
  fetch(url, { headers: accept === undefined ? {} : { accept } })
    .then(async (answer) => {
      response.statusCode = answer.status;
      response.setHeader('content-type', answer.headers.get('content-type') ?? 'application/octet-stream');
      response.end(Buffer.from(await answer.arrayBuffer()));
    })
    .catch((error: unknown) => {
      response.statusCode = 502;
      response.end(String(error));
    });
}
