import type { Finding } from '../checks/check.js';
import { blocking } from '../checks/run.js';
import { applyWaivers } from '../checks/waivers.js';
import type { Problem } from '../error.js';
import type { ResolvedSelection } from '../selection/resolved.js';
import type { SynthRequest } from './request.js';

/** What checks say of one environment on one day. */
export interface Judgement {
  /** With waivers as they stand on that day. */
  readonly findings: readonly Finding[];
  /** Those that keep the manifests from being written, as problems with their place. */
  readonly blocking: readonly Problem[];
}

/** Applies waivers and asks what blocks. */
export function judge(
  findings: readonly Finding[],
  resolved: ResolvedSelection,
  { asOf, checks }: Pick<SynthRequest, 'asOf' | 'checks'>,
): Judgement {
  const judged = applyWaivers(findings, resolved.waivers, asOf);
  const blocked = blocking(judged, { strict: resolved.strict, checks: [...checks.plan, ...checks.manifest] });
  return { findings: judged, blocking: blocked.map((finding) => asProblem(finding, resolved)) };
}

/** The finding as a mistake of the selection: at the key that it is about, else at the environment. */
export function asProblem(finding: Finding, resolved: ResolvedSelection): Problem {
  const { check, message, remedy, subject, key } = finding;
  const path = keyPath(subject ?? key);
  const place = finding.place ?? placeOf(path, resolved);
  const about = path === undefined && subject !== undefined ? `${subject}: ` : '';
  const fix = finding.severity === 'question' && key !== undefined ? [`set ${key}`, ...remedy] : remedy;
  return { place, id: check, message: `${about}${message}`, fix };
}

/** `a.b[0]` as a path; undefined for what is no key, such as `Deployment/server`. */
function keyPath(subject: string | undefined): (string | number)[] | undefined {
  if (subject === undefined || !/^[\w-]+(\.[\w-]+|\[\d+\])*$/.test(subject)) return undefined;
  return subject
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** A value may be set for the environment or for the whole selection: `placeOf` knows, if it is asked for the bare key. */
function placeOf(path: (string | number)[] | undefined, { environment, placeOf: find }: ResolvedSelection) {
  const own = path?.[0] === 'environments' && path[1] === environment ? path.slice(2) : path;
  return find(own === undefined || own.length === 0 ? ['environments', environment] : own);
}
