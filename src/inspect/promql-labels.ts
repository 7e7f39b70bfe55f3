import type { SyntaxNode } from '@lezer/common';
import { children, find, textOf, unquote } from './promql-tree.js';

type Labels = readonly string[] | null;

const SCALAR = new Set(['NumberDurationLiteral', 'StringLiteral', 'NumberLiteral']);
const SINGLE = new Set(['scalar', 'vector', 'absent', 'absent_over_time', 'time', 'pi']);

/** Labels of a query's result: null where they are those of the series; `[]` where it has one element at most. */
export function outputLabels(node: SyntaxNode | null, source: string): Labels {
  if (!node || SCALAR.has(node.name)) return [];
  const below = () => children(node).find((child) => isExpression(child)) ?? null;
  switch (node.name) {
    case 'AggregateExpr':
      return ofAggregation(node, source);
    case 'BinaryExpr':
      return ofBinary(node, source);
    case 'FunctionCall':
      return ofFunction(node, source);
    case 'ParenExpr':
    case 'UnaryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      return outputLabels(below(), source);
    default:
      return null;
  }
}

function ofAggregation(node: SyntaxNode, source: string): Labels {
  const operation = textOf(node.getChild('AggregateOp'), source).toLowerCase();
  if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(operation)) return null;
  const modifier = node.getChild('AggregateModifier');
  if (!modifier) return operation === 'count_values' ? null : [];
  if (modifier.getChild('Without')) return null;
  const names = modifier.getChild('GroupingLabels');
  return names ? children(names).map((name) => unquote(textOf(name, source))) : [];
}

function ofBinary(node: SyntaxNode, source: string): Labels {
  const [left, right] = children(node).filter((child) => isExpression(child));
  const a = outputLabels(left ?? null, source);
  const b = outputLabels(right ?? null, source);
  if (node.getChild('Or')) return a === null || b === null ? null : [...new Set([...a, ...b])];
  if (node.getChild('And') || node.getChild('Unless')) return a;
  if (right && isScalar(right)) return a;
  if (left && isScalar(left)) return b;
  const matching = node.getChild('MatchingModifierClause');
  if (matching?.getChild('On') && !matching.getChild('GroupLeft') && !matching.getChild('GroupRight')) {
    const names = matching.getChild('GroupingLabels');
    return names ? children(names).map((name) => textOf(name, source)) : [];
  }
  return matching?.getChild('GroupRight') ? b : a;
}

function ofFunction(node: SyntaxNode, source: string): Labels {
  const name = textOf(node.getChild('FunctionIdentifier'), source);
  if (SINGLE.has(name)) return [];
  const body = node.getChild('FunctionCallBody');
  const argument = (body ? children(body) : []).find(
    (child) => isExpression(child) && !SCALAR.has(child.name),
  );
  const labels = outputLabels(argument ?? null, source);
  if (labels === null) return null;
  if (name === 'histogram_quantile') return labels.filter((label) => label !== 'le');
  if (name !== 'label_replace' && name !== 'label_join') return labels;
  const target = find(node, ({ name: each }) => each === 'StringLiteral')[0];
  return [...labels, unquote(textOf(target, source))];
}

function isScalar(node: SyntaxNode): boolean {
  if (node.name === 'ParenExpr') return children(node).some((child) => isScalar(child));
  return SCALAR.has(node.name);
}

function isExpression(node: SyntaxNode): boolean {
  return SCALAR.has(node.name) || /(Expr|Selector|Call)$/.test(node.name);
}
