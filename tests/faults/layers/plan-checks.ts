import type { Example } from '../examples.js';
import type { Fault } from '../fault.js';
import { type PlannedSelection, plannedAsItIs, planSelection } from '../plan-selection.js';
import { type Outcome, onlyNew } from './layer.js';

interface Said {
  readonly id: string;
  readonly message: string;
}

/** Caught where the selection is refused, or a plan check speaks above `info` that is silent on the example as it is. */
export function askPlanChecks(fault: Fault, { selection, environment }: Example): Outcome {
  const sound = plannedAsItIs(selection, environment);
  const faulty = planSelection(selection, environment, fault.selection);
  return onlyNew(said(sound), said(faulty), {
    // Numbers and names change with the selection: a check that spoke before is no catch.
    key: ({ id, message }) => (id === '' ? message : id),
    name: ({ id }) => id || 'resolver',
    text: ({ id, message }) => `${id || 'resolver'}: ${message}`,
  });
}

function said(planned: PlannedSelection): readonly Said[] {
  if ('problems' in planned) return planned.problems.map(({ id = '', message }) => ({ id, message }));
  return planned.findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ check, message }) => ({ id: check, message }));
}
