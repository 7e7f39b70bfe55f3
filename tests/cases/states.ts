import { CAPABILITIES_TO_COME } from './capability.js';
import { type FieldCase, fieldCases } from './case.js';
import type { Judge, Judges } from './judge.js';
import { cloudJudges } from './judges/cloud.js';
import { engineArgsJudges } from './judges/engine-args.js';
import { licenceJudges } from './judges/licence.js';
import { manifestJudges } from './judges/manifests.js';
import { monitoringJudges } from './judges/monitoring.js';
import {
  autoscalingJudges,
  gatewayJudges,
  gitopsJudges,
  networkJudges,
  storageJudges,
} from './judges/operation.js';
import { sizingJudges, uxJudges } from './judges/sizing.js';
import { Trial } from './trial.js';

const JUDGES: Judges = {
  ...sizingJudges,
  ...engineArgsJudges,
  ...licenceJudges,
  ...cloudJudges,
  ...manifestJudges,
  ...autoscalingJudges,
  ...monitoringJudges,
  ...gitopsJudges,
  ...gatewayJudges,
  ...storageJudges,
  ...networkJudges,
  ...uxJudges,
};

export type State = 'right' | 'wrong' | 'waiting';

/** What came of one check of a case. */
export interface Outcome {
  readonly check: string;
  readonly state: State;
  /** Why it is wrong, or the capability that it waits for. */
  readonly why?: string;
}

export interface JudgedCase extends FieldCase {
  readonly outcomes: readonly Outcome[];
  readonly state: State;
  /** Names of the capabilities that its waiting checks wait for. */
  readonly waitsFor: readonly string[];
}

/** Runs every judge of a case. A case is right where all its checks are, and wrong where one is. */
export async function judged(fieldCase: FieldCase): Promise<JudgedCase> {
  const trial = new Trial(fieldCase);
  const outcomes: Outcome[] = [];
  for (const check of Object.keys(fieldCase.checks)) outcomes.push(await outcomeOf(check, fieldCase, trial));
  const states = outcomes.map(({ state }) => state);
  const state = states.includes('wrong') ? 'wrong' : states.includes('waiting') ? 'waiting' : 'right';
  const waiting = outcomes.filter((one) => one.state === 'waiting').flatMap(({ why }) => why ?? []);
  return { ...fieldCase, outcomes, state, waitsFor: [...new Set(waiting)] };
}

async function outcomeOf(check: string, fieldCase: FieldCase, trial: Trial): Promise<Outcome> {
  const capability = fieldCase.waits?.[check];
  if (capability !== undefined) {
    return { check, state: 'waiting', why: CAPABILITIES_TO_COME[capability]?.name ?? capability };
  }
  try {
    await judgeOf(fieldCase.id, check)(trial);
    return { check, state: 'right' };
  } catch (error) {
    return { check, state: 'wrong', why: error instanceof Error ? error.message : String(error) };
  }
}

function judgeOf(id: string, check: string): Judge {
  const judge = JUDGES[id]?.[check];
  if (judge === undefined) throw new Error(`${id} has no judge of ${check}`);
  return judge;
}

/** Mistakes of the cases themselves: judges that no case has, waits that name nothing, waits for what exists. */
export function mistakes(): string[] {
  const cases = fieldCases();
  const ids = cases.map(({ id }) => id);
  const unknownJudges = Object.entries(JUDGES).flatMap(([id, judges]) => {
    const own = cases.find((one) => one.id === id);
    return Object.keys(judges)
      .filter((check) => own?.checks[check] === undefined || own.waits?.[check] !== undefined)
      .map((check) => `judge ${id} ${check} judges nothing`);
  });
  const waits = cases.flatMap(({ id, checks, waits = {} }) =>
    Object.entries(waits).flatMap(([check, name]) => {
      const capability = CAPABILITIES_TO_COME[name];
      return [
        ...(checks[check] === undefined ? [`${id} waits with ${check}, which it does not check`] : []),
        ...(capability === undefined ? [`${id} waits for ${name}, which nobody knows`] : []),
        ...(capability?.exists() ? [`${id} ${check} can be decided now: there is ${capability.name}`] : []),
      ];
    }),
  );
  const doubled = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is there twice`);
  return [...doubled, ...unknownJudges, ...waits];
}
