import type { Json } from './kube-object.js';

/**
 * Paths of everything in `sent` that is not in `answer`: what the server dropped or changed. Defaults that the server
 * adds do not count. Legitimate differences: other spellings of a quantity, empty values left out, `stringData`.
 */
export function droppedFields(sent: Json, answer: Json, path = ''): readonly string[] {
  if (isEmpty(sent) && (answer === undefined || isEmpty(answer))) return [];
  if (Array.isArray(sent)) {
    if (!Array.isArray(answer)) return [describe(path, sent, answer)];
    return sent.flatMap((item, index) => droppedFields(item, answer[index], `${path}[${index}]`));
  }
  if (typeof sent === 'object') {
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
      return [describe(path, sent, answer)];
    return Object.entries(sent).flatMap(([key, value]) =>
      key === 'stringData' && path === ''
        ? []
        : droppedFields(value, answer[key], path ? `${path}.${key}` : key),
    );
  }
  return sent === answer || sameQuantity(path, sent, answer) ? [] : [describe(path, sent, answer)];
}

/** The value of a Kubernetes quantity (`250m`, `1Gi`, `2e3`), undefined where the text is none. */
export function quantity(text: unknown): number | undefined {
  const match = /^([+-]?[0-9.]+)(?:([eE][+-]?\d+)|(m|u|n|[kMGTPE]|[KMGTPE]i)?)$/.exec(String(text));
  if (!match) return undefined;
  const [, digits = '', exponent, suffix = ''] = match;
  if (exponent) return Number(`${digits}${exponent}`);
  const decimal: Record<string, number> = {
    n: 1e-9,
    u: 1e-6,
    m: 1e-3,
    '': 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    P: 1e15,
    E: 1e18,
  };
  const binary = 'KMGTPE'.indexOf(suffix[0] ?? '-') + 1;
  return Number(digits) * (suffix.endsWith('i') ? 1024 ** binary : (decimal[suffix] ?? Number.NaN));
}

// Only where the API has quantities: "1" and "1000m" are one amount of CPU but two different labels.
const QUANTITY_PATH = /\.(requests|limits|capacity|hard)\.[^.]|\.(sizeLimit|divisor)$/;

function sameQuantity(path: string, sent: unknown, answer: unknown): boolean {
  const value = quantity(sent);
  return QUANTITY_PATH.test(path) && value !== undefined && value === quantity(answer);
}

function isEmpty(value: Json): boolean {
  return (
    value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

function describe(path: string, sent: Json, answer: Json): string {
  return `${path}: sent ${JSON.stringify(sent)}, stored ${JSON.stringify(answer)}`;
}
