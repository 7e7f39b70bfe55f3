import * as z from 'zod';
import type { Problem } from '../error.js';
import { allowedKeys, unionOptions } from './allowed-keys.js';
import { oneOf, shown } from './issue-message.js';
import { keyElsewhere } from './key-elsewhere.js';
import { didYouMean, nearest } from './nearest.js';
import type { YamlFile } from './read-yaml.js';
import { isSecretLike, namesSecret } from './secret-like.js';
import { chooseBranch } from './union-branch.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What a schema found wrong in a file, one problem a mistake, in the order of the file. */
export function problemsOf(issues: readonly Issue[], schema: z.core.$ZodType, yaml: YamlFile): Problem[] {
  const found = issues.flatMap((issue) => expand(issue, { schema, data: yaml.data, path: [] }));
  const misspelt = new Set(found.flatMap(meantKeys));
  const problems = found
    .filter(({ path, value }) => value !== undefined || !misspelt.has(dotted(path)))
    .flatMap((one) => describe(one, yaml, schema));
  return problems.sort(byPlace);
}

/** The schema and data from which an issue's own path counts: the file's, or those of the chosen option of a union. */
interface Base {
  readonly schema: z.core.$ZodType;
  readonly data: unknown;
  readonly path: Path;
}

interface Found {
  readonly issue: Issue;
  /** From the top of the file. */
  readonly path: Path;
  readonly value: unknown;
  /** Keys that the schema knows at this path. */
  readonly allowed: readonly string[];
}

function expand(issue: Issue, base: Base): Found[] {
  const path = [...base.path, ...issue.path];
  const value = valueAt(base.data, issue.path);
  if (issue.code !== 'invalid_union') {
    return [{ issue, path, value, allowed: allowedKeys(base.schema, issue.path, base.data) ?? [] }];
  }
  if (issue.errors.length === 0)
    return [{ issue: discriminatorIssue(issue, value), path, value, allowed: [] }];
  const branch = chooseBranch(issue, value);
  const schema =
    branch.index === undefined ? undefined : unionOptions(base.schema, issue.path, base.data)?.[branch.index];
  return branch.issues.flatMap((inner) =>
    schema
      ? expand(inner, { schema, data: value, path })
      : expand({ ...inner, path: [...issue.path, ...inner.path] }, base),
  );
}

function discriminatorIssue(issue: z.core.$ZodIssueInvalidUnion, value: unknown): Issue {
  const values = ((issue as { options?: z.core.util.Primitive[] }).options ?? []) as z.core.util.Primitive[];
  return {
    code: 'invalid_value',
    values,
    path: issue.path,
    input: value,
    message: `must be ${oneOf(values)}, found ${shown(value)}`,
  };
}

function describe(
  { issue, path, value, allowed }: Found,
  yaml: YamlFile,
  schema: z.core.$ZodType,
): Problem[] {
  const name = dotted(path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place: yaml.placeOf([...path, key], 'key'),
      message: `unknown key ${shown(key)}${name ? ` in ${name}` : ''}, allowed: ${allowed.join(', ')}`,
      ...fixed(elsewhere(key, path, schema) ?? didYouMean(key, allowed) ?? belongs(key, schema)),
    }));
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    const why = issue.issues.map(({ message }) => message).join('; ');
    return [
      {
        place: yaml.placeOf(path, 'key'),
        message: `key ${shown(key)} in ${dotted(path.slice(0, -1))}: ${why}`,
      },
    ];
  }
  if (value === undefined && path.length > 0) {
    const where = dotted(path.slice(0, -1));
    const message = `missing key '${String(path.at(-1))}'${where ? ` in ${where}` : ''}${allowedText(issue)}`;
    return [{ place: yaml.placeOf(path), message }];
  }
  if (value === undefined || (value === null && path.length === 0)) {
    return [{ place: yaml.placeOf([]), message: 'the file is empty' }];
  }
  const message = `${name ? `${name}: ` : ''}${withoutSecret(issue.message, value, path)}`;
  return [{ place: yaml.placeOf(path), message, ...fixed(likelyFix(issue, value, path, yaml)) }];
}

/** What the schema itself says of a key that it lacks on purpose. */
function elsewhere(key: string, path: Path, schema: z.core.$ZodType): string | undefined {
  if (path.length !== 0 && !(path.length === 2 && path[0] === 'environments')) return undefined;
  const meta = z.globalRegistry.get(schema) as { elsewhere?: Record<string, string> } | undefined;
  return meta?.elsewhere && Object.hasOwn(meta.elsewhere, key) ? meta.elsewhere[key] : undefined;
}

function belongs(key: string, schema: z.core.$ZodType): string | undefined {
  const paths = keyElsewhere(schema, key);
  return paths.length === 0 ? undefined : `did you mean ${paths.slice(0, 5).join(' or ')}?`;
}

function allowedText(issue: Issue): string {
  if (issue.code === 'invalid_value') return `: ${oneOf(issue.values)}`;
  return '';
}

function likelyFix(issue: Issue, value: unknown, path: Path, yaml: YamlFile): string | undefined {
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    if (issue.values.some((allowed) => typeof allowed !== 'string' && String(allowed) === value))
      return `write ${value} without quotes`;
    return didYouMean(value, issue.values.map(String));
  }
  const wantsText =
    issue.code === 'invalid_value'
      ? issue.values.some((allowed) => typeof allowed === 'string')
      : issue.code === 'invalid_type' && issue.expected === 'string';
  if (wantsText && (typeof value === 'number' || typeof value === 'boolean'))
    return `write it in quotes: "${yaml.textOf(path) ?? value}"`;
  if (issue.code !== 'invalid_type' || typeof value !== 'string') return undefined;
  const { expected } = issue as { expected: string };
  if (expected === 'boolean' && /^(yes|no|on|off)$/i.test(value))
    return `write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'}`;
  if ((expected === 'number' || expected === 'int') && /^-?\d+(\.\d+)?$/.test(value))
    return `write ${value} without quotes`;
  if (expected === 'number' || expected === 'int') return 'write a plain number, without unit';
  if (expected === 'array') return 'write it as a list: [ … ]';
  return undefined;
}

/** Required keys that an unknown key stands for by its spelling: one mistake, one problem. */
function meantKeys({ issue, path, allowed }: Found): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  return issue.keys.flatMap((key) => nearest(key, allowed).slice(0, 1)).map((key) => dotted([...path, key]));
}

/** Values that may be secrets are not repeated; see design: a secret's value is refused wherever it stands. */
function withoutSecret(message: string, value: unknown, path: Path): string {
  if (typeof value !== 'string' || value === '') return message;
  if (!isSecretLike(value) && !path.some(namesSecret)) return message;
  return message.replaceAll(shown(value), 'a value that is not shown').replaceAll(value, '…');
}

function fixed(fix: string | undefined): { fix?: string } {
  return fix === undefined ? {} : { fix };
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

function dotted(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

/** In the order of the file. */
export function byPlace(a: Problem, b: Problem): number {
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
