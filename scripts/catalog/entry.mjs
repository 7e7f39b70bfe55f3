import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import { compare } from './differences.mjs';
import { load } from './load.mjs';

/** One file of profiles/: its text, and its data as they are written there. */
export function readEntry(profiles, kind, id) {
  const file = join(profiles, kind, `${id}.yaml`);
  if (!existsSync(file)) return { file, text: '', data: undefined };
  const text = readFileSync(file, 'utf8');
  return { file, text, data: parseDocument(text).toJS() };
}

/** The text with the keys at the top written anew whose values differ; every other key keeps its bytes. */
export async function withData(text, before, after) {
  const { profileYaml } = await load('src/catalog/profile-yaml.ts');
  if (before === undefined) return profileYaml(after);
  const items = parseDocument(text).contents.items;
  const start = (index) => items[index]?.key.range[0] ?? text.length;
  const kept = items
    .map(({ key }, index) => ({ key: key.value, text: text.slice(start(index), start(index + 1)) }))
    .filter(({ key }) => key in after)
    .map(({ key, text: own }) =>
      isDeepStrictEqual(before[key], after[key]) ? own : profileYaml({ [key]: after[key] }),
    );
  const added = Object.keys(after).filter((key) => !(key in before));
  return [text.slice(0, start(0)), ...kept, ...added.map((key) => profileYaml({ [key]: after[key] }))].join(
    '',
  );
}

/**
 * Holds the entry as it would be against the schema, shows what differs, and writes it where that was asked for.
 * @param view The entry as it is best compared, e.g. with a list by the names in it.
 * @param problems What is wrong with it beside its schema.
 * @returns the exit code
 */
export async function settle({
  file,
  text,
  before,
  after,
  schema,
  view = (entry) => entry,
  problems = () => [],
  write,
}) {
  const { parseWith, parseYaml } = await load('src/catalog/read-yaml.ts');
  const { UserError } = await load('src/error.ts');
  const next = await withData(text, before, after);
  const shown = `profiles/${file.split(/[/\\]/).slice(-2).join('/')}`;
  const entry = parseWith(schema, parseYaml(next, shown));
  const wrong = problems(entry);
  if (wrong.length > 0) throw new UserError(`${shown} would not be right`, wrong);
  const changes =
    before === undefined
      ? next
          .trimEnd()
          .split('\n')
          .map((line) => `+ ${line}`)
      : compare(view(before), view(after));
  for (const line of changes) console.log(line);
  if (changes.length === 0) console.log(`${shown} says just this`);
  else if (!write) console.log(`${changes.length} differences to ${shown}; nothing was written: add --write`);
  else {
    writeFileSync(file, next);
    console.log(`${shown} written`);
  }
  return 0;
}

/** Maps into maps; lists, words and numbers replace; null stays null. */
export function overlay(base, over) {
  if (!isMap(base) || !isMap(over)) return over;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in over ? overlay(base[key], over[key]) : base[key]]),
  );
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A YAML file that somebody hands over, with its name for messages. */
export async function readGiven(file) {
  const { readYaml } = await load('src/catalog/read-yaml.ts');
  const { UserError } = await load('src/error.ts');
  const yaml = readYaml(file, process.cwd());
  if (yaml.problems.length > 0) throw new UserError(`${basename(file)} is not valid`, yaml.problems);
  return yaml;
}
