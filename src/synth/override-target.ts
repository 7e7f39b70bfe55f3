import { didYouMean } from '../catalog/nearest.js';
import type { Problem } from '../error.js';
import type { KubernetesObject } from '../inspect/types.js';
import type { Override } from '../selection/override.js';

type Target = Override['target'];
type Word = keyof Target;

const WORDS: readonly Word[] = ['kind', 'name', 'role'];

/** What an object answers to each word of a target. */
function answer({ kind, metadata }: KubernetesObject, word: Word): string | undefined {
  return { kind, name: metadata.name, role: metadata.labels?.['app.kubernetes.io/component'] }[word];
}

/** Whether every word of the target that is given fits the object. */
export function matches(object: KubernetesObject, target: Target): boolean {
  return WORDS.every((word) => target[word] === undefined || target[word] === answer(object, word));
}

/** What there is instead of what a target asks for. */
export function missed(objects: readonly KubernetesObject[], target: Target): Omit<Problem, 'place'> {
  const asked = WORDS.filter((word) => target[word] !== undefined);
  const message = `matches no object: ${asked.map((word) => `${word} ${target[word]}`).join(', ')}`;
  const near = asked.flatMap((word) => {
    const known = values(objects, word);
    const given = target[word] as string;
    const guess = known.includes(given) ? undefined : didYouMean(given, known);
    return guess === undefined ? [] : [`${word}: ${guess}`];
  });
  if (near.length > 0) return { message, fix: near };
  const [first] = asked;
  // Where each word exists by itself, the objects that fit the first say which of the others is wrong.
  const candidates = objects.filter(
    (object) => first !== undefined && answer(object, first) === target[first],
  );
  const shown = candidates.length > 0 ? candidates : objects;
  return { message, fix: `there are: ${shown.map(describe).join(', ')}` };
}

/** `Deployment/server`, and its role where it has one. */
function describe(object: KubernetesObject): string {
  const role = answer(object, 'role');
  return `${object.kind}/${object.metadata.name}${role === undefined ? '' : ` (role ${role})`}`;
}

function values(objects: readonly KubernetesObject[], word: Word): string[] {
  return [...new Set(objects.flatMap((object) => answer(object, word) ?? []))];
}
