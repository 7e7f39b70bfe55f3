import { looksRandom, namesSecret, secretKind } from '../catalog/secret-like.js';

export type Path = readonly (string | number)[];

/** A secret's value that stands in a file. The value itself is not kept. */
export interface FoundSecret {
  readonly path: Path;
  /** `key` where the key of a map is the secret. */
  readonly part: 'key' | 'value';
  /** With its article, e.g. `a Hugging Face token`. */
  readonly kind: string;
}

type Map = Readonly<Record<string, unknown>>;

/** Where secrets stand in data, in its order: by their own look, or by what the key, flag or variable around them is called. */
export function findSecrets(data: unknown): FoundSecret[] {
  return inValue(data, [], undefined);
}

/** @param called Name of what the value is given to, where it is the name of a secret. */
function inValue(value: unknown, path: Path, called: string | undefined): FoundSecret[] {
  if (Array.isArray(value)) return inList(value, path);
  if (typeof value === 'object' && value !== null) return inMap(value as Map, path);
  const kind = kindOf(value, path, called);
  return kind === undefined ? [] : [{ path, part: 'value', kind }];
}

function kindOf(value: unknown, path: Path, called: string | undefined): string | undefined {
  const mark = secretKind(value);
  if (mark !== undefined) return mark;
  if (called !== undefined && isLiteral(value)) return `a value of ${called}`;
  const key = String(path.findLast((part) => typeof part === 'string'));
  if (typeof value !== 'string' || !/(key|token|secret|password)$/i.test(key)) return undefined;
  // Paths in a secret store are long, but each of their words is one.
  const words = key === 'remoteKey' ? value.split('/') : [value];
  return words.some(looksRandom) ? `what looks like a key` : undefined;
}

/** A value and no reference to one: `$(NAME)` is expanded by Kubernetes. */
function isLiteral(value: unknown): boolean {
  if (typeof value === 'number') return true;
  return typeof value === 'string' && value !== '' && !/^\$[({]\w+[)}]$/.test(value);
}

function inMap(map: Map, path: Path): FoundSecret[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const here = [...path, key];
    const kind = secretKind(key);
    const inKey: FoundSecret[] = kind === undefined ? [] : [{ path: here, part: 'key', kind }];
    return [...inKey, ...inValue(value, here, calledIn(map, key, path))];
  });
}

function calledIn(map: Map, key: string, path: Path): string | undefined {
  if (namesSecret(key)) return key;
  const parent = path.at(-1);
  if (parent === 'stringData') return 'stringData';
  // { name: HF_TOKEN, value: … } of a container, { path: /data/password, value: … } of a JSON patch.
  const name =
    key === 'value' ? [map.name, lastWord(map.path)].find((one) => namesSecret(one as string)) : undefined;
  return name === undefined ? undefined : String(name);
}

function lastWord(pointer: unknown): string | undefined {
  return typeof pointer === 'string' ? pointer.split('/').at(-1) : undefined;
}

/** Command lines: `--api-key`, then values; or `--api-key=value` in one word. */
function inList(list: readonly unknown[], path: Path): FoundSecret[] {
  let flag: string | undefined;
  return list.flatMap((item, index) => {
    const here = [...path, index];
    if (typeof item !== 'string' || !item.startsWith('-')) return inValue(item, here, flag);
    const [, name = '', value] = /^(-[^\s=]*)[\s=]*(.*)$/s.exec(item) ?? [];
    flag = namesSecret(name.replace(/^-+/, '')) ? name : undefined;
    if (flag !== undefined && isLiteral(value))
      return [{ path: here, part: 'value', kind: `a value of ${flag}` }];
    return inValue(item, here, undefined);
  });
}
