/** Beginnings that token issuers give their keys, and private keys as a whole. */
const MARKS = [
  /\bhf_[A-Za-z0-9]{8,}/,
  /\bsk-[A-Za-z0-9_-]{8,}/,
  /\b(gh[pousr]|glpat|github_pat)[_-][A-Za-z0-9_-]{8,}/,
  /\bAKIA[A-Z0-9]{12,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{8,}/,
  /\bAIza[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\./,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
];

/** Key names whose values are secrets. */
const NAMES =
  /(^|[-_.])(token|api[-_]?key|password|passwd|secret|credentials?)$|(Token|ApiKey|Password|Secret)$/;

/** True where a text carries the mark of a token, key or password: such a value is never repeated in a message. */
export function isSecretLike(value: unknown): boolean {
  return typeof value === 'string' && MARKS.some((mark) => mark.test(value));
}

/** True where the key of a map says that its value is a secret, e.g. `token`, `apiKey`, `HF_TOKEN`. */
export function namesSecret(key: PropertyKey | undefined): boolean {
  return typeof key === 'string' && (NAMES.test(key) || NAMES.test(key.toLowerCase()));
}
