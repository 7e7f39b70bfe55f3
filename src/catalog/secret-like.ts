/** Beginnings that token issuers give their keys, and private keys as a whole. */
const MARKS: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{8,}/ },
  // Words of at most eight letters are a name such as sk-telecom-chat.
  {
    kind: 'an API key',
    pattern: /\bsk-(?![a-z]{1,8}(-[a-z]{1,8})*(?![A-Za-z0-9_-]))[A-Za-z0-9_-]{8,}/,
  },
  { kind: 'an access token', pattern: /\b(gh[pousr]|glpat|github_pat)[_-][A-Za-z0-9_-]{8,}/ },
  { kind: 'an AWS access key', pattern: /\b(AKIA|ASIA)[A-Z0-9]{12,}/ },
  { kind: 'a Slack token', pattern: /\bxox[abeprs]-[A-Za-z0-9-]{8,}/ },
  { kind: 'an NVIDIA API key', pattern: /\bnvapi-[A-Za-z0-9_-]{16,}/ },
  { kind: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{20,}/ },
  { kind: 'a JSON web token', pattern: /\beyJ[A-Za-z0-9_-]{10,}\./ },
  { kind: 'a private key', pattern: /-----BEGIN (?!CERTIFICATE|PUBLIC KEY)/ },
  { kind: 'a bearer token', pattern: /\bBearer\s+(?=\S*\d)[A-Za-z0-9._~+/-]{8,}/i },
  { kind: 'a password', pattern: /\b(password|passwd|token|api[-_]?key|secret)=(?!\$)[^\s&"']{6,}/i },
  { kind: 'a password in an address', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i },
];

/** Key names whose values are secrets. */
const NAMES =
  /(^|[-_.])(token|api[-_]?key|access[-_]?key|private[-_]?key|secret[-_]key|password|passwd|secret|credentials?)$|(Token|ApiKey|AccessKey|PrivateKey|Password|Secret)$/;

/** True where a text carries the mark of a token, key or password: such a value is never repeated in a message. */
export function isSecretLike(value: unknown): boolean {
  return secretKind(value) !== undefined;
}

/** What kind of secret a text carries the mark of, with its article; undefined for none. */
export function secretKind(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return MARKS.find(({ pattern }) => pattern.test(value))?.kind;
}

/** True where the key of a map says that its value is a secret, e.g. `token`, `apiKey`, `HF_TOKEN`. */
export function namesSecret(key: PropertyKey | undefined): boolean {
  return typeof key === 'string' && (NAMES.test(key) || NAMES.test(key.toLowerCase()));
}

/** True for a long run of letters and digits that is no word: it may be a key, a digest or a commit. */
export function looksRandom(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  // Paths are words with slashes, keys in base 64 may hold some: those must look the more random.
  return runs(value, /[^A-Za-z0-9+=]+/, 20, 3.3) || runs(value, /[^A-Za-z0-9+=/]+/, 32, 4.2);
}

/** @param bits Least entropy of a run, bits per character: random base 64 has 5 and more, hexadecimal digits just below 4. */
function runs(text: string, separators: RegExp, length: number, bits: number): boolean {
  return text.split(separators).some((run) => {
    const mixed = /\d/.test(run) && /[A-Za-z]/.test(run);
    return run.length >= length && mixed && bitsPerCharacter(run) >= bits;
  });
}

/** Shannon entropy over the text's own characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}
