import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DOWNLOAD_SCRIPT } from '../../src/constructs/download-script.js';
import { WAIT_SCRIPT } from '../../src/constructs/wait-script.js';
import { WEIGHTS_MARKER } from '../../src/constructs/weights-marker.js';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** A stand-in for the hub's client library: serves the files of HUB_FILES, counts fetches, and can cut or refuse. */
const FAKE_HUB = `
import fnmatch, json, os, pathlib, types
class RepositoryNotFoundError(Exception): pass
class GatedRepoError(RepositoryNotFoundError): pass
class RevisionNotFoundError(Exception): pass
FILES = {k: v.encode("latin-1") for k, v in json.loads(os.environ["HUB_FILES"]).items()}
class HfApi:
    def model_info(self, repository, revision=None, files_metadata=False):
        if repository == "o/gated": raise GatedRepoError()
        if repository == "o/none": raise RepositoryNotFoundError()
        if revision == "f" * 40: raise RevisionNotFoundError()
        siblings = [types.SimpleNamespace(rfilename=k, size=len(v)) for k, v in FILES.items()]
        return types.SimpleNamespace(sha="c" * 40, siblings=siblings)
def snapshot_download(repository, revision, local_dir, ignore_patterns):
    log = pathlib.Path(os.environ["HUB_LOG"])
    for name, data in FILES.items():
        path = pathlib.Path(local_dir) / name
        if any(fnmatch.fnmatch(name, p) for p in ignore_patterns) or path.exists(): continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data[:-1] if os.environ.get("HUB_CUT") == name else data)
        with log.open("a") as file: file.write(name + "\\n")
`;

/** A safetensors file with one tensor of \`size\` bytes. */
function safetensors(size: number): string {
  const header = JSON.stringify({ a: { dtype: 'U8', shape: [size], data_offsets: [0, size] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return length.toString('latin1') + header + 'x'.repeat(size);
}

const sharded = {
  'config.json': '{}',
  'model-1.safetensors': safetensors(100),
  'model-2.safetensors': safetensors(200),
  'model.safetensors.index.json': JSON.stringify({
    weight_map: { a: 'model-1.safetensors', b: 'model-2.safetensors' },
  }),
};
const copies = {
  'pytorch_model.bin': 'y',
  'original/x.pth': 'z',
  'consolidated.safetensors': safetensors(300),
};
const EXCLUDE = ['--exclude', 'original/*', '--exclude-beside-safetensors', '*.bin', 'consolidated*'];

// The scripts run in the engine's image. Here they need a Python: where there is none, the tests count as skipped.
describe.skipIf(!hasPython)('the download, run by python3', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'berth-download-'));
    folder = join(root, 'volume', 'model');
    mkdirSync(join(root, 'lib', 'huggingface_hub'), { recursive: true });
    writeFileSync(join(root, 'lib', 'huggingface_hub', '__init__.py'), FAKE_HUB);
    writeFileSync(join(root, 'lib', 'huggingface_hub', 'errors.py'), 'from huggingface_hub import *\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function download(
    files: Record<string, string>,
    options: { repository?: string; args?: string[]; cut?: string } = {},
  ) {
    const { repository = 'o/m', args = EXCLUDE, cut = '' } = options;
    const log = join(root, 'fetched.log');
    rmSync(log, { force: true });
    const command = [
      '-c',
      DOWNLOAD_SCRIPT,
      '--hub=huggingface',
      `--repository=${repository}`,
      `--folder=${folder}`,
    ];
    const { status, stdout, stderr } = spawnSync('python3', [...command, ...args], {
      encoding: 'utf8',
      timeout: 30_000,
      env: {
        PATH: process.env.PATH,
        PYTHONPATH: join(root, 'lib'),
        HUB_FILES: JSON.stringify(files),
        HUB_LOG: log,
        HUB_CUT: cut,
      },
    });
    const fetched = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return { status, output: stdout + stderr, fetched };
  }

  const waiting = () =>
    spawnSync('python3', ['-c', WAIT_SCRIPT, folder, '0'], { encoding: 'utf8', timeout: 30_000 });

  it('fetches what the engine reads, and marks the folder last', () => {
    const { status, fetched } = download({ ...sharded, ...copies });
    expect([status, fetched.sort()]).toEqual([0, Object.keys(sharded).sort()]);
    const marker = JSON.parse(readFileSync(join(folder, WEIGHTS_MARKER), 'utf8'));
    expect(marker.commit).toBe('c'.repeat(40));
    expect(marker.files['config.json']).toBe(2);
  });

  it('fetches nothing when it runs again', () => {
    download(sharded);
    const { status, output, fetched } = download(sharded);
    expect([status, fetched]).toEqual([0, []]);
    expect(output).toContain('complete');
  });

  it('fetches again what was damaged since', () => {
    download(sharded);
    truncateSync(join(folder, 'model-2.safetensors'), 50);
    expect(download(sharded).fetched).toEqual(['model-2.safetensors']);
  });

  it('fetches only what is missing after it was interrupted', () => {
    download(sharded);
    rmSync(join(folder, WEIGHTS_MARKER));
    rmSync(join(folder, 'config.json'));
    expect(download(sharded).fetched).toEqual(['config.json']);
  });

  it("keeps the vendor's one-file weights where there are no others", () => {
    const { fetched } = download({ 'params.json': '{}', 'consolidated.safetensors': safetensors(300) });
    expect(fetched.sort()).toEqual(['consolidated.safetensors', 'params.json']);
  });

  it('keeps other formats where there are no safetensors', () => {
    expect(download({ 'pytorch_model.bin': 'y' }).fetched).toEqual(['pytorch_model.bin']);
  });

  it('fails without a marker when a file arrived incomplete, and discards that file', () => {
    const { status, output } = download(sharded, { cut: 'model-1.safetensors' });
    expect(status).toBe(1);
    expect(output).toContain('model-1.safetensors has');
    expect(existsSync(join(folder, WEIGHTS_MARKER))).toBe(false);
    expect(download(sharded).fetched).toEqual(['model-1.safetensors']);
  });

  it('fails when the index names a file that the repository lacks', () => {
    const { 'model-2.safetensors': _, ...without } = sharded;
    const { status, output } = download(without);
    expect(status).toBe(1);
    expect(output).toContain('names model-2.safetensors');
  });

  it('fails when a file is shorter than its own header says', () => {
    const { status, output } = download({ 'model.safetensors': safetensors(100).slice(0, -10) });
    expect(status).toBe(1);
    expect(output).toContain('not as long as its header says');
  });

  it.each([
    { repository: 'o/gated', args: EXCLUDE, says: 'is gated' },
    { repository: 'o/none', args: EXCLUDE, says: 'no repository o/none' },
    { repository: 'o/m', args: [`--revision=${'f'.repeat(40)}`], says: 'has no revision' },
  ])('gives up for good: $says', ({ repository, args, says }) => {
    const { status, output } = download(sharded, { repository, args });
    expect(status).toBe(64);
    expect(output).toContain(says);
  });

  it('makes the server wait until the folder is marked, and says for what', () => {
    const before = waiting();
    expect(before.status).toBe(1);
    expect(before.stderr).toContain('the download Job has not finished');
    download(sharded);
    expect(waiting().status).toBe(0);
  });

  it('makes the server wait for a file that went missing', () => {
    download(sharded);
    rmSync(join(folder, 'model-1.safetensors'));
    expect(waiting().stderr).toContain('model-1.safetensors is missing or incomplete');
  });
});
