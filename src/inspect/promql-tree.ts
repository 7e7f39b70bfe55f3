import type { SyntaxNode } from '@lezer/common';

export function textOf(node: SyntaxNode | null | undefined, source: string): string {
  return node ? source.slice(node.from, node.to) : '';
}

/** The text of a string literal. Escapes that a label value may hold are read. */
export function unquote(literal: string): string {
  const quote = literal[0];
  if (quote !== '"' && quote !== "'" && quote !== '`') return literal;
  const inner = literal.slice(1, -1);
  return quote === '`' ? inner : inner.replace(/\\(.)/g, '$1');
}

export function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** The node and all below it that pass, outermost first. */
export function find(node: SyntaxNode, passes: (node: SyntaxNode) => boolean): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (each: SyntaxNode): void => {
    if (passes(each)) found.push(each);
    for (let child = each.firstChild; child; child = child.nextSibling) visit(child);
  };
  visit(node);
  return found;
}

/** Name of the series that a selector takes: before the braces, or by an exact matcher. */
export function metricOf(selector: SyntaxNode, source: string): string | undefined {
  const name = selector.getChild('Identifier');
  if (name) return textOf(name, source);
  const matchers = selector.getChild('LabelMatchers');
  for (const matcher of matchers ? children(matchers) : []) {
    if (matcher.name === 'QuotedLabelMatcher' || matcher.name === 'UnquotedLabelMatcher') {
      const label = textOf(matcher.getChild('LabelName') ?? matcher.getChild('QuotedLabelName'), source);
      const exact = textOf(matcher.getChild('MatchOp'), source) === '=';
      if (unquote(label) === '__name__' && exact)
        return unquote(textOf(matcher.getChild('StringLiteral'), source));
    } else if (matcher.name === 'QuotedLabelName') return unquote(textOf(matcher, source));
  }
  return undefined;
}
