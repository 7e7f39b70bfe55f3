import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { outputLabels } from './promql-labels.js';
import { children, find, metricOf, textOf, unquote } from './promql-tree.js';

/** One `label op "value"` of a selector. */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** One selector of series. */
export interface SeriesSelector {
  /** Undefined where only matchers name it, and not by an exact name. */
  readonly metric?: string;
  readonly matchers: readonly Matcher[];
}

/** Labels that an aggregation groups by (or without), and the selectors under it. */
export interface Grouping {
  readonly labels: readonly string[];
  readonly without: boolean;
  readonly selectors: readonly SeriesSelector[];
}

/** A query, read. */
export interface Promql {
  readonly errors: readonly { readonly at: number; readonly message: string }[];
  readonly selectors: readonly SeriesSelector[];
  readonly groupings: readonly Grouping[];
  readonly functions: readonly string[];
  /** Labels of the result; null where they are those of the series, whatever they be. `[]` is a single element. */
  readonly outputLabels: readonly string[] | null;
  /** The outermost aggregation, e.g. `sum`; undefined where there is none. */
  readonly aggregation?: string;
}

/** Functions whose vector argument is a range. */
const OVER_RANGES =
  /^(rate|irate|increase|delta|idelta|deriv|changes|resets|predict_linear|double_exponential_smoothing|absent_over_time|\w+_over_time)$/;

export function readPromql(expression: string): Promql {
  const root = parser.parse(expression).topNode;
  const errors: { at: number; message: string }[] = [];
  const selectors: SeriesSelector[] = [];
  const groupings: Grouping[] = [];
  const functions: string[] = [];
  for (const node of find(root, () => true)) {
    if (node.type.isError) errors.push({ at: node.from, message: 'is not PromQL from here on' });
    if (node.name === 'VectorSelector') selectors.push(readSelector(node, expression));
    if (node.name === 'AggregateExpr') groupings.push(...readGrouping(node, expression));
    if (node.name === 'FunctionCall') {
      const name = textOf(node.getChild('FunctionIdentifier'), expression);
      functions.push(name);
      const hasRange =
        find(node, ({ name: each }) => each === 'MatrixSelector' || each === 'SubqueryExpr').length > 0;
      if (OVER_RANGES.test(name) && !hasRange)
        errors.push({ at: node.from, message: `${name}() needs a range such as [5m]` });
    }
  }
  const top = find(root, ({ name }) => name === 'AggregateExpr')[0];
  return {
    errors,
    selectors,
    groupings,
    functions,
    outputLabels: outputLabels(root.firstChild, expression),
    aggregation: top && textOf(top.getChild('AggregateOp'), expression).toLowerCase(),
  };
}

function readSelector(node: SyntaxNode, source: string): SeriesSelector {
  const list = node.getChild('LabelMatchers');
  const matchers = (list ? children(list) : []).flatMap((matcher): Matcher[] => {
    const op = textOf(matcher.getChild('MatchOp'), source) as Matcher['op'];
    const label = textOf(matcher.getChild('LabelName') ?? matcher.getChild('QuotedLabelName'), source);
    return op
      ? [{ label: unquote(label), op, value: unquote(textOf(matcher.getChild('StringLiteral'), source)) }]
      : [];
  });
  return { metric: metricOf(node, source), matchers };
}

function readGrouping(node: SyntaxNode, source: string): readonly Grouping[] {
  const modifier = node.getChild('AggregateModifier');
  const names = modifier?.getChild('GroupingLabels');
  if (!modifier || !names) return [];
  return [
    {
      labels: children(names).map((name) => unquote(textOf(name, source))),
      without: modifier.getChild('Without') !== null,
      selectors: find(node, ({ name }) => name === 'VectorSelector').map((each) =>
        readSelector(each, source),
      ),
    },
  ];
}

/** Whether a selector may take a series whose label has this value. */
export function matcherAllows({ op, value }: Matcher, label: string): boolean {
  if (op === '=') return label === value;
  if (op === '!=') return label !== value;
  const matches = wholeMatch(value, label);
  return matches === undefined || (op === '=~' ? matches : !matches);
}

/** Undefined where the pattern is one that only Prometheus' own engine reads: nothing can be said of it here. */
function wholeMatch(pattern: string, text: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern.replace('(?i)', '')})$`, pattern.includes('(?i)') ? 'i' : '').test(text);
  } catch {
    return undefined;
  }
}
