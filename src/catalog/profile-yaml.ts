import { Document, isCollection, isPair, isScalar, isSeq, visit } from 'yaml';

/** A map or list that fits on a line is easier to read there than as a column. */
const LINE = 120;

/** The text of a profile's file: short maps and lists of words on one line, sentences each on its own. */
export function profileYaml(entry: unknown): string {
  const document = new Document(plain(entry));
  visit(document, {
    Collection(_, node, path) {
      const depth = path.filter(isPair).length;
      if (depth > 0 && !hasSentences(node) && widthOf(node) + 2 * path.length < LINE) node.flow = true;
    },
  });
  return document.toString({ lineWidth: LINE, flowCollectionPadding: false });
}

/** Without keys that are undefined, which YAML would print as null. */
function plain(entry: unknown): unknown {
  return JSON.parse(JSON.stringify(entry));
}

/** Lists of sentences are read line by line. */
function hasSentences(node: unknown): boolean {
  return isSeq(node) && node.items.some((item) => isScalar(item) && /\s/.test(String(item.value)));
}

/** Characters that a node takes on one line, quotes counted in. */
function widthOf(node: unknown): number {
  return isCollection(node) ? JSON.stringify(node.toJSON()).length : 0;
}
