import { join } from 'node:path';
import { expect, test } from 'vitest';
import { berth } from './run.js';

const root = join(import.meta.dirname, '../..');

test.each([
  [
    'bank-service',
    ['production'],
    ['server', 'container', 'the licensed vendor', '8 × h20 a pod, 16 in all'],
  ],
  ['product-views', ['studio'], ['views', 'stable_zero123_c.ckpt of stabilityai/stable-zero123']],
  ['views-and-texts', ['production'], ['views', 'stable_zero123_c.ckpt', 'gateway-general', 'Envoy']],
  ['finance-group', ['production'], ['server', 'gateway-general', 'gateway-private']],
])('the plan of %s shows all that would run, whatever its scheme', async (name, environments, words) => {
  const { code, stdout } = await berth(root, 'plan', name, '-e', ...environments);
  expect(code).toBe(0);
  for (const word of words) expect(stdout).toContain(word);
});
