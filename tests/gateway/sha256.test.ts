import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Guard, openGuard } from '../cluster/guard.js';
import { freePorts } from '../cluster/ports.js';
import { createStateFolder } from '../cluster/state-folder.js';
import { waitUntil } from '../cluster/wait.js';
import { ensureEnvoy } from './install.js';
import { hashingConfig } from './lua.js';

let guard: Guard;
let port = 0;
beforeAll(async () => {
  const envoy = await ensureEnvoy();
  guard = openGuard(createStateFolder());
  [port = 0] = await freePorts(1);
  const file = join(guard.folder, 'hash.yaml');
  writeFileSync(file, hashingConfig(port));
  guard.start('hash', { command: envoy, args: ['-c', file, '-l', 'error', '--disable-hot-restart'] });
  await waitUntil('the program answers', async () => {
    try {
      return (await fetch(`http://127.0.0.1:${port}/`)).ok || 'no';
    } catch (error) {
      return String(error);
    }
  });
});
afterAll(() => guard?.close());

const hash = async (data: Buffer) =>
  (await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-hex': data.toString('hex') } })).text();

// NIST, Secure Hash Standard examples (SHA256.pdf) and CAVP SHA256ShortMsg.rsp: lengths 0, 8, 24, 448, 512 and 896 bits.
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['d3', '28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1'],
  ['616263', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    Buffer.from('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq').toString('hex'),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [
    Buffer.from(
      'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    ).toString('hex'),
    'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  ],
])('the published vector %#', async (hex, digest) => {
  expect(await hash(Buffer.from(hex, 'hex'))).toBe(digest);
});

test('every length around the block agrees with the library', async () => {
  for (const length of [1, 31, 54, 55, 56, 57, 63, 64, 65, 111, 119, 120, 127, 128, 129, 255, 511]) {
    const data = randomBytes(length);
    expect(await hash(data), data.toString('hex')).toBe(createHash('sha256').update(data).digest('hex'));
  }
});
