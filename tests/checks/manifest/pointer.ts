/** Sets the value at a JSON pointer; maps on the way are made. `-` appends to a list. */
export function set(target: object, pointer: string, value: unknown): void {
  const { parent, key } = locate(target, pointer, true);
  if (Array.isArray(parent)) {
    if (key === '-') parent.push(structuredClone(value));
    else parent[Number(key)] = structuredClone(value);
  } else parent[key] = structuredClone(value);
}

/** Removes the value at a JSON pointer. Throws where there is none. */
export function remove(target: object, pointer: string): void {
  const { parent, key } = locate(target, pointer, false);
  if (!(key in parent)) throw new Error(`nothing at ${pointer}`);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

type Parent = Record<string, unknown>;

function locate(target: object, pointer: string, make: boolean): { parent: Parent; key: string } {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop();
  if (last === undefined) throw new Error(`'${pointer}' points at the whole`);
  let at = target as Parent;
  for (const key of keys) {
    if (make) at[key] ??= {};
    const next = at[key];
    if (typeof next !== 'object' || next === null) throw new Error(`nothing at ${key} of ${pointer}`);
    at = next as Parent;
  }
  return { parent: at, key: last };
}
