/** One line for each value that differs; flags by name, so that an added one moves no other. */
export function differences(before, after) {
  const named = (table) => ({
    ...table,
    serve: Object.fromEntries(table.serve.flags.map((flag) => [flag.name, flag])),
  });
  return compare(named(before), named(after), '');
}

/** One line for each value that differs between two maps; lists by their members. */
export function compare(before, after, place = '') {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => compare(before[key], after[key], place ? `${place} / ${key}` : key));
  }
  if (before === undefined) return [`+ ${place}: ${text(after)}`];
  if (after === undefined) return [`- ${place}: ${text(before)}`];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, place);
  return [`~ ${place}: ${text(before)} → ${text(after)}`];
}

function compareLists(before, after, place) {
  const without = (list, other) => list.filter((each) => !other.some((one) => text(one) === text(each)));
  const added = without(after, before).map(text);
  const removed = without(before, after).map(text);
  if (added.length + removed.length === 0) return [`~ ${place}: in another order`];
  return [
    `~ ${place}: ${[...removed.map((each) => `-${each}`), ...added.map((each) => `+${each}`)].join(' ')}`,
  ];
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value) {
  return JSON.stringify(value);
}
