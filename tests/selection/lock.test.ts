import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadLock } from '../../src/selection/lock.js';
import { scratchProject, userReads } from './scratch.js';

const { root, write } = scratchProject();
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const commit = '0123456789abcdef0123456789abcdef01234567';

test('a project without the file has nothing locked', () => {
  rmSync(`${root}/berth.lock.yaml`, { force: true });
  expect(loadLock(root)).toEqual({ images: {}, models: {} });
});

test('images and models are read, either may be missing', () => {
  write('berth.lock.yaml', `version: 1\nimages: { "vllm/vllm-openai:v0.32.0": "${digest}" }\n`);
  expect(loadLock(root)).toEqual({ images: { 'vllm/vllm-openai:v0.32.0': digest }, models: {} });
  write('berth.lock.yaml', `version: 1\nmodels: { "huggingface:Qwen/Qwen3-8B": "${commit}" }\n`);
  expect(loadLock(root)).toEqual({ images: {}, models: { 'huggingface:Qwen/Qwen3-8B': commit } });
});

test.each([
  ['version: 2\n', '1:10  version: must be 1, found 2'],
  ['', '1:1  the file is empty'],
  [
    'version: 1\nimage: {}\n',
    "2:1  unknown key 'image', allowed: version, images, models\n        → did you mean images?",
  ],
  ['version: 1\nimages: { vllm: "sha256:0" }\n', "key 'vllm' in images: must be an image with its tag"],
  ['version: 1\nimages: { "vllm:latest@x": "sha256:0" }\n', 'must be an image with its tag'],
  [
    'version: 1\nimages: { "vllm:v1": abc }\n',
    "2:22  images.vllm:v1: must be sha256: and 64 hex digits, found 'abc'",
  ],
  [
    'version: 1\nmodels: { Qwen/Qwen3-8B: main }\n',
    "key 'Qwen/Qwen3-8B' in models: must be a repository such as",
  ],
  [
    'version: 1\nmodels: { "huggingface:Qwen/Qwen3-8B": main }\n',
    "must be a commit of 40 hex digits, found 'main'",
  ],
])('%j is refused', (text, expected) => {
  write('berth.lock.yaml', text);
  expect(userReads(() => loadLock(root))).toContain(expected);
});
