/** One field: quoted, or up to the next comma. */
const FIELD = /("(?:[^"]|"")*"|[^,]*)(,|$)/g;

/**
 * Lines of a comma-separated file with a header as records; quotes as in RFC 4180, no line breaks inside a field.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const [header = [], ...rows] = text.trimEnd().split('\n').map(fieldsOf);
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

function fieldsOf(line: string): string[] {
  const fields = [...line.matchAll(FIELD)].map(([, field = '']) => field);
  // The pattern matches once more, empty, at the end of the line.
  if (fields.length > 1 && !line.endsWith(',')) fields.pop();
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}
