/** JSON with one entry a line, so that a changed flag is a changed line; what lies in an entry stays on its line. */
export function formatTable(table) {
  return `${write(table, 0)}\n`;
}

function write(value, depth) {
  const holds = typeof value === 'object' && value !== null;
  const entries = holds ? Object.values(value) : [];
  const open =
    holds && entries.length > 0 && (depth < 2 || (depth === 2 && Array.isArray(value))) && !isWords(value);
  if (!open) return JSON.stringify(value);
  const indent = '\n'.padEnd(depth + 2);
  const lines = Array.isArray(value)
    ? value.map((each) => write(each, depth + 1))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${write(each, depth + 1)}`);
  const [left, right] = Array.isArray(value) ? '[]' : '{}';
  return `${left}${indent}${lines.join(`,${indent}`)}${'\n'.padEnd(depth + 1)}${right}`;
}

function isWords(value) {
  return Array.isArray(value) && value.every((each) => typeof each !== 'object');
}
