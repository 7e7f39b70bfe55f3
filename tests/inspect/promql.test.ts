import { describe, expect, it } from 'vitest';
import { matcherAllows, readPromql } from '../../src/inspect/promql.js';

describe('a query', () => {
  it.each([
    ['sum(a)', []],
    ['sum(a) or vector(0)', []],
    ['1 - sum(a) / 2', []],
    ['sum(rate(a[5m])) / sum(rate(b[5m]))', []],
    ['clamp_max(sum(a), 10)', []],
    ['scalar(a)', []],
    ['absent(a)', []],
    ['histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m])))', []],
    ['histogram_quantile(0.95, sum by (le, x) (rate(a_bucket[5m])))', ['x']],
    ['sum by (x, y) (a)', ['x', 'y']],
    ['max by (x) (sum by (x, y) (a))', ['x']],
    ['sum by (x) (a) > 5', ['x']],
    ['sum by (x) (a) and on (x) b', ['x']],
    ['a / on (x) b', ['x']],
    ['a', null],
    ['rate(a[5m])', null],
    ['sum without (x) (a)', null],
    ['topk(3, a)', null],
    ['a + sum(b)', null],
  ])('%s gives the labels %j', (expression, labels) => {
    const { errors, outputLabels } = readPromql(expression);
    expect(errors).toEqual([]);
    expect(outputLabels).toEqual(labels);
  });

  it.each([
    'sum(a',
    'a{b=c}',
    'rate(a)',
    'sum by (a)',
    '',
    'nofunction(a)',
    'a[5m',
    'a b',
    'sum(rate(a[5m)) > 0',
  ])('%j is no PromQL', (expression) => {
    expect(readPromql(expression).errors).not.toEqual([]);
  });

  it('tells its metrics, matchers, groups and functions', () => {
    const query = readPromql('sum by (x) (rate(vllm:a_total{n="1",m=~"b.*"}[5m])) / on (x) {__name__="c"}');
    expect(query.selectors).toEqual([
      {
        metric: 'vllm:a_total',
        matchers: [
          { label: 'n', op: '=', value: '1' },
          { label: 'm', op: '=~', value: 'b.*' },
        ],
      },
      { metric: 'c', matchers: [{ label: '__name__', op: '=', value: 'c' }] },
    ]);
    expect(query.groupings).toEqual([
      { labels: ['x'], without: false, selectors: query.selectors.slice(0, 1) },
    ]);
    expect(query.functions).toEqual(['rate']);
    expect(query.aggregation).toBe('sum');
  });
});

it.each([
  ['=', '2.5', '2.5', true],
  ['=~', '5([.]0)?', '5.0', true],
  ['=~', '5', '5.0', false],
  ['!=', 'a', 'a', false],
  ['!~', 'a|b', 'c', true],
  ['=~', '(?i)A', 'a', true],
  ['=~', '(?U)a', 'b', true],
] as const)('le%s"%s" takes %s: %s', (op, value, label, takes) => {
  expect(matcherAllows({ label: 'le', op, value }, label)).toBe(takes);
});
