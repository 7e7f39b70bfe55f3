import { join } from 'node:path';
import { expect, it } from 'vitest';

const { excerpt } = await import(join(import.meta.dirname, '../layer-failures.mjs'));

it('tells of a failed run which tests failed and why, without the source around it', () => {
  const log = `
 ✓ one.test.ts (2 tests) 3ms
⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  two.test.ts > holds
AssertionError: expected 1 to be 2
 ❯ two.test.ts:4:20
      3| it('holds', () => {
      4|   expect(1).toBe(2);
       |             ^
⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/1]⎯

      Tests  1 failed | 2 passed (3)
`;
  expect(excerpt(log)).toEqual([
    ' FAIL  two.test.ts > holds',
    'AssertionError: expected 1 to be 2',
    ' ❯ two.test.ts:4:20',
    '      Tests  1 failed | 2 passed (3)',
  ]);
});

it('shows the end of a log in which no test failed, and no more lines than asked for', () => {
  expect(excerpt('a\nb\nc\n', 2)).toEqual(['b', 'c']);
  const long = ['Failed Suites 1', ...'abcdef'].join('\n');
  expect(excerpt(long, 3)).toEqual(['Failed Suites 1', 'a', 'b', '… 4 lines more in the log']);
});
