import { issueMessage, shown } from '../catalog/issue-message.js';
import { didYouMean } from '../catalog/nearest.js';
import type { YamlFile } from '../catalog/read-yaml.js';
import { problemsOf } from '../catalog/schema-problems.js';
import { UserError } from '../error.js';
import type { Merged } from './merge.js';
import { type Needs, type Scheme, SERVING_KEYS, type Section, sectionOf } from './scheme.js';
import { own, type Target } from './target.js';

/** The scheme's own part of an environment, and what it wants looked up. */
export interface ChosenSection {
  readonly section: Section;
  readonly needs: Needs;
}

/**
 * Checks what all layers together say to the scheme: now every required key must be there.
 * @throws UserError with every mistake, also keys of serving where the scheme serves nothing.
 */
export function chooseSection(merged: Merged, target: Target): ChosenSection {
  const { scheme, yaml } = target.loaded;
  const data = sectionOf(scheme, merged.values);
  const parsed = scheme.section.safeParse(data, { error: issueMessage });
  if (!parsed.success) {
    // Places are those of the effective values: an environment may say one half and the selection the other.
    const joined: YamlFile = { ...yaml, data, placeOf: target.placeOf, textOf: () => undefined };
    throw new UserError(`${yaml.file} is not valid`, problemsOf(parsed.error.issues, scheme.section, joined));
  }
  const needs = scheme.needs(parsed.data);
  const misplaced = misplacedServing(needs, scheme, target);
  if (misplaced.length > 0) throw new UserError(`${yaml.file} is not valid`, misplaced);
  return { section: parsed.data, needs };
}

function misplacedServing({ serving, instead }: Needs, { name }: Scheme, target: Target) {
  const allowed: readonly string[] =
    serving === 'server' ? SERVING_KEYS : serving === 'model' ? ['model'] : [];
  return SERVING_KEYS.filter((key) => !allowed.includes(key) && own(target, key) !== undefined).map(
    (key) => ({
      place: target.placeOf([key]),
      message: `'${key}' says what is served here, and scheme ${name} serves nothing with it`,
      fix: instead ?? `remove '${key}'`,
    }),
  );
}

/** The problem of an id that is in no list. */
export function unknownEntry(
  what: string,
  id: string,
  ids: readonly string[],
  place: ReturnType<Target['placeOf']>,
): UserError {
  const message = `no ${what} ${shown(id)}, there are: ${ids.join(', ')}`;
  const fix = didYouMean(id, ids);
  return new UserError(message, [{ place, message, ...(fix !== undefined && { fix }) }]);
}
