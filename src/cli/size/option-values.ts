import { InvalidArgumentError } from 'commander';

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('a whole number from 1 is needed.');
  return Number(text);
}

/** vLLM's own shorthand: k and m are thousands and millions, K and M are powers of 1024. */
const UNITS: Record<string, number> = { '': 1, k: 1e3, m: 1e6, K: 1024, M: 1024 ** 2 };

export function tokens(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kmKM]?)$/.exec(text) ?? [];
  const value = Number(digits) * (UNITS[unit] ?? Number.NaN);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a number of tokens such as 32768 is needed.');
  return value;
}

export function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('a share between 0 and 1 is needed.');
  return value;
}

export function numberOf(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('a number above 0 is needed.');
  return value;
}
