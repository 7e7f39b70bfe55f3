import { expect, it } from 'vitest';
import { swapForProcessor } from './swaps.js';

const place = { modelFolder: '/test/model', port: 4321, folder: '/test', secretValue: 'k' };

it('swaps place and device, keeps the rest, and names each thing it changed', () => {
  const args = [
    '/models/a',
    '--served-model-name',
    'a',
    'b',
    '--port',
    '8000',
    '--tensor-parallel-size',
    '2',
  ];
  const env = [
    { name: 'HOME', value: '/home/vllm' },
    { name: 'HF_HUB_OFFLINE', value: '1' },
    { name: 'VLLM_API_KEY', secret: { name: 'keys', key: 'key' } },
  ];
  expect(swapForProcessor({ args, env }, place)).toEqual({
    args: [
      '/test/model',
      '--served-model-name',
      'a',
      'b',
      '--port',
      '4321',
      '--host',
      '127.0.0.1',
      '--enforce-eager',
    ],
    env: {
      HOME: '/test/home/vllm',
      HF_HUB_OFFLINE: '1',
      VLLM_API_KEY: 'k',
      VLLM_NO_USAGE_STATS: '1',
      VLLM_CPU_KVCACHE_SPACE: '1',
    },
    differences: [
      '/models/a → /test/model',
      '--port 8000 → 4321',
      '--tensor-parallel-size 2 dropped: one processor',
      '--host 127.0.0.1 added',
      '--enforce-eager added',
      'HOME=/home/vllm → /test/home/vllm',
      'VLLM_API_KEY from a Secret → the test key',
      'VLLM_NO_USAGE_STATS=1 added',
      'VLLM_CPU_KVCACHE_SPACE=1 added',
    ],
  });
});

it('leaves what one processor can run as it is', () => {
  const args = ['/models/a', '--tensor-parallel-size', '1', '--enforce-eager', '--host', '127.0.0.1'];
  const { args: swapped, differences } = swapForProcessor({ args, env: [] }, place);
  expect(swapped).toEqual(['/test/model', ...args.slice(1)]);
  expect(differences.filter((line) => line.startsWith('--'))).toEqual([]);
});
