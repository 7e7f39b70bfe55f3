import { type Problem, UserError } from '../error.js';
import type { Setting } from './resolved.js';
import type { Target } from './target.js';

const LONGEST = 63;

/**
 * The environment's own namespace, by default `<name>-<environment>`.
 * @throws UserError where the default is too long, or where the namespace belongs to Kubernetes.
 */
export function chooseNamespace({ section, loaded, environment, placeOf }: Target): Setting {
  const asked = section.namespace ?? undefined;
  const value = asked ?? `${loaded.selection.name}-${environment}`;
  const place = placeOf(['environments', environment, ...(asked === undefined ? [] : ['namespace'])]);
  if (value.length > LONGEST)
    throw mistake({
      place,
      message: `namespace ${value} has ${value.length} characters, at most ${LONGEST} are allowed`,
      fix: `set environments.${environment}.namespace`,
    });
  if (value === 'default' || value.startsWith('kube-'))
    throw mistake({
      place,
      message: `namespace ${value} belongs to Kubernetes, and Berth labels and closes the namespace it is given`,
      fix: `leave namespace out: ${loaded.selection.name}-${environment}`,
    });
  return { key: 'namespace', value, from: asked === undefined ? 'berth default' : 'environment' };
}

function mistake(problem: Problem): UserError {
  return new UserError(problem.message, [problem]);
}
