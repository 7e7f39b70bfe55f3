import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/catalog/nearest.js';

const flags = ['maxModelLen', 'maxNumSeqs', 'maxNumBatchedTokens', 'kvCacheDtype', 'enforceEager'];

test.each([
  ['a slip of the finger', 'maxModelLem', ['maxModelLen']],
  ['another way to join the words', 'max_model_len', ['maxModelLen']],
  ['other case', 'ENFORCEEAGER', ['enforceEager']],
  ['a word with nothing near', 'temperature', []],
  ['one letter', 'x', []],
  ['nothing', '', []],
])('%s', (_, word, expected) => {
  expect(nearest(word, flags)).toEqual(expected);
});

test('a short word is not near to every other short word', () => {
  expect(nearest('vllm', ['gpu', 'cpu', 'tls'])).toEqual([]);
});

test('equally near candidates come in a fixed order, at most three', () => {
  expect(nearest('h10', ['h40', 'h30', 'h20', 'h15'])).toEqual(['h15', 'h20', 'h30']);
  expect(didYouMean('h10', ['h20', 'h15'])).toBe('did you mean h15 or h20?');
});
