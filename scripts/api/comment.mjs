import { DocNodeKind, StandardTags } from '@microsoft/tsdoc';

/** The parts of one comment as lines of Markdown; absent parts are empty texts. */
export function commentOf(item) {
  const comment = item?.tsdocComment;
  if (!comment) return { summary: '', returns: '', throws: [], defaults: '', params: new Map() };
  const custom = (name) => comment.customBlocks.filter(({ blockTag }) => blockTag.tagName === name);
  return {
    summary: text(comment.summarySection),
    returns: comment.returnsBlock ? text(comment.returnsBlock.content) : '',
    throws: custom(StandardTags.throws.tagName).map(({ content }) => text(content)),
    defaults: custom('@default')
      .map(({ content }) => text(content))
      .join(' '),
    params: new Map(
      [...comment.params.blocks].map((block) => [
        block.parameterName,
        text(block.content).replace(/^- /, ''),
      ]),
    ),
  };
}

/** Paragraphs, each on one line. */
function text(node) {
  switch (node.kind) {
    case DocNodeKind.PlainText:
      return node.text;
    case DocNodeKind.EscapedText:
      return node.decodedText;
    case DocNodeKind.CodeSpan:
      return `\`${node.code}\``;
    case DocNodeKind.SoftBreak:
      return ' ';
    case DocNodeKind.ErrorText:
      return node.text;
    case DocNodeKind.Section:
      return node.nodes
        .map(text)
        .map((line) => line.trim().replace(/\s+/g, ' '))
        .filter((line) => line !== '')
        .join('\n\n');
    case DocNodeKind.Paragraph:
      // The parser loses a line's end before a code span.
      return node.nodes
        .map(text)
        .reduce((all, next) => all + (next.startsWith('`') && /[\w,;:.]$/.test(all) ? ' ' : '') + next, '');
    default:
      return node.getChildNodes().map(text).join('');
  }
}
