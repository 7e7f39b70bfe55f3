import { CST, Lexer } from 'yaml';

/** Far above what people write, far below what exhausts the parser's stack. */
export const DEEPEST = 100;

/** Tokens that stand for no text. */
const MARKERS = ['scalar', 'doc-mode', 'flow-error-end'];

/**
 * Where a text nests maps and lists deeper than `DEEPEST`; undefined where it does not. Tokens are read one after the
 * other: the parser itself descends, and a text made for the purpose would end the process.
 */
export function tooDeepAt(text: string): number | undefined {
  let offset = 0;
  let flow = 0;
  let indicators = 0;
  let indents: number[] = [0];
  let lineStart = true;
  let inScalar: boolean = false;
  for (const token of new Lexer().lex(text)) {
    const type: string | null = inScalar ? 'scalar-text' : CST.tokenType(token);
    inScalar = type === 'scalar';
    if (type === 'newline') [lineStart, indicators] = [true, 0];
    else if (lineStart && type !== 'comment') {
      const indent = type === 'space' ? token.length : 0;
      indents = [...indents.filter((one) => one < indent), indent];
      lineStart = false;
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow++;
    if (type === 'flow-map-end' || type === 'flow-seq-end') flow--;
    if (type === 'seq-item-ind' || type === 'explicit-key-ind') indicators++;
    if (flow + indicators + indents.length > DEEPEST) return offset;
    if (!MARKERS.includes(type ?? '')) offset += token.length;
  }
  return undefined;
}
