import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from './client.js';
import { type Running, runGateway } from './running.js';
import { emitted, SELECTION } from './selection.js';

const ISSUER = 'https://login.example.internal';
const text = SELECTION.replace('routes: [chat] }', 'subject: alice, routes: [chat] }')
  .replace('requestsPerMinute: 5', 'subject: nightly-job')
  .replace(/keySha256: \[\w+\], /g, '')
  .replace(
    'accessLogRetentionDays: 30 }',
    `oidc: { issuer: "${ISSUER}", jwksUri: "${ISSUER}/keys", audiences: [llm], claim: azp } }`,
  );

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** A token as the company's identity provider signs it. */
function token(
  claims: Readonly<Record<string, unknown>>,
  key: KeyObject = privateKey,
  alg = 'RS256',
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: ISSUER, aud: 'llm', iat: now, exp: now + 300, ...claims };
  const head = `${part({ alg, kid: 'one', typ: 'JWT' })}.${part(payload)}`;
  return alg === 'none'
    ? `${head}.`
    : `${head}.${createSign('RSA-SHA256').update(head).sign(key, 'base64url')}`;
}

let gateway: Running;
beforeAll(async () => {
  gateway = await runGateway(emitted(text));
  const pages = gateway.providers['login.example.internal']?.pages ?? {};
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  pages['/keys'] = JSON.stringify({ keys: [jwk] });
});
afterAll(() => gateway?.close());

test('a token of the company opens the routes of its client', async () => {
  expect((await chat(gateway.base, token({ azp: 'alice' }), 'chat')).status).toBe(200);
  expect((await chat(gateway.base, token({ azp: 'alice' }), 'solo')).status).toBe(403);
  expect((await chat(gateway.base, token({ azp: 'nightly-job' }), 'solo')).status).toBe(200);
});

/** What reached a model; the gateway fetches the issuer's keys whenever it likes. */
const reached = () =>
  Object.entries(gateway.providers).flatMap(([host, { arrived }]) => (ISSUER.endsWith(host) ? [] : arrived));

const past = Math.floor(Date.now() / 1000) - 3600;
test.each([
  ['no token', null],
  ['no token of this kind', 'nonsense'],
  ['a token of another issuer', token({ azp: 'alice', iss: 'https://elsewhere.example' })],
  ['a token for another audience', token({ azp: 'alice', aud: 'mail' })],
  ['a token that has ended', token({ azp: 'alice', exp: past, iat: past - 300 })],
  ['a token signed by somebody else', token({ azp: 'alice' }, stranger)],
  ['a token without a signature', token({ azp: 'alice' }, privateKey, 'none')],
  ['a token of nobody known', token({ azp: 'mallory' })],
  ['a token whose claim is a list', token({ azp: ['alice'] })],
  ['a token without the claim', token({ sub: 'alice' })],
])('%s is refused', async (_, key) => {
  const before = reached().length;
  const answer = await chat(gateway.base, key, 'chat');
  // 403 for another audience, as the program's own filter has it.
  expect([401, 403]).toContain(answer.status);
  expect(reached()).toHaveLength(before);
});

test('the token does not leave the gateway', async () => {
  const mine = token({ azp: 'alice' });
  await chat(gateway.base, mine, 'chat');
  expect(JSON.stringify(gateway.providers['qianfan.baidubce.com']?.arrived)).not.toContain(mine);
  expect(gateway.logs()).not.toContain(mine);
});
