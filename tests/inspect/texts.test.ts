import { describe, expect, it } from 'vitest';
import { isGpuResource } from '../../src/inspect/gpu-resource.js';
import { parseImage, versionOfTag } from '../../src/inspect/image.js';
import { parseGoDuration, parseQuantity } from '../../src/inspect/quantity.js';
import { selectorMatches } from '../../src/inspect/selector.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('image references', () => {
  it.each([
    ['vllm/vllm-openai:v0.32.0', 'vllm/vllm-openai', 'v0.32.0', undefined, true],
    [
      'registry.example:5000/vllm/vllm-openai',
      'registry.example:5000/vllm/vllm-openai',
      undefined,
      undefined,
      true,
    ],
    [`docker.io/library/a:1@${DIGEST}`, 'docker.io/library/a', '1', DIGEST, true],
    [`a@${DIGEST}`, 'a', undefined, DIGEST, true],
    ['a@sha256:abc', 'a', undefined, 'sha256:abc', false],
    ['vllm/VLLM:v1', 'vllm/VLLM', 'v1', undefined, false],
    ['https://registry.example/a:1', 'https://registry.example/a', '1', undefined, false],
    ['a b:1', 'a b', '1', undefined, false],
    ['a:', 'a', '', undefined, false],
    ['', '', undefined, undefined, false],
  ])('%s', (reference, repository, tag, digest, valid) => {
    expect(parseImage(reference)).toEqual({ reference, repository, tag, digest, valid });
  });

  it.each([
    ['v0.32.0', '0.32.0'],
    ['0.32.0', '0.32.0'],
    ['v0.31.0-cu129', '0.31.0'],
    ['v0.25.1rc1', '0.25.1'],
    ['latest', undefined],
    ['v0.32', undefined],
    [undefined, undefined],
  ])('tag %s names version %s', (tag, version) => {
    expect(versionOfTag(tag)).toBe(version);
  });
});

describe('quantities and durations', () => {
  it.each([
    ['16Gi', 17_179_869_184],
    ['250m', 0.25],
    ['1e3', 1000],
    ['1.5k', 1500],
    [2, 2],
    ['16GiB', undefined],
    ['', undefined],
  ])('%j is %j', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each([
    ['1h30m', 5400],
    ['0s', 0],
    ['1h0m0s', 3600],
    ['250ms', 0.25],
    ['hourly', undefined],
    ['60', undefined],
    ['', undefined],
  ])('%j lasts %j seconds', (text, seconds) => {
    expect(parseGoDuration(text)).toBe(seconds);
  });
});

it.each([
  ['nvidia.com/gpu', true],
  ['nvidia.com/mig-3g.40gb', true],
  ['nvidia.com/gpu.shared', true],
  ['amd.com/gpu', true],
  ['huawei.com/Ascend910', true],
  ['huawei.com/ascend-1980', true],
  ['nvidia.com/gpumem', false],
  ['rdma/hca', false],
  ['ephemeral-storage', false],
])('resource %s is an accelerator: %s', (name, gpu) => {
  expect(isGpuResource(name)).toBe(gpu);
});

it.each([
  [{ matchLabels: { a: '1' } }, true],
  [{ matchLabels: { a: '2' } }, false],
  [{}, true],
  [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1', '2'] }] }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['1'] }] }, false],
  [{ matchExpressions: [{ key: 'b', operator: 'NotIn', values: ['1'] }] }, true],
  [{ matchExpressions: [{ key: 'b', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'b', operator: 'DoesNotExist' }] }, true],
])('selector %j takes a=1: %s', (selector, takes) => {
  expect(selectorMatches(selector, { a: '1' })).toBe(takes);
});
