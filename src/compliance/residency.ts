import { liesIn } from '../catalog/territory.js';
import type { Circumstances } from './circumstances.js';
import type { Destination } from './proposal.js';
import { type Ruling, ruling } from './ruling.js';

/** Whether a target keeps what data.residency promises. An unknown place keeps nothing. */
export function residency({ residency: promised }: Circumstances, target: Destination): Ruling[] {
  if (promised === undefined || target.place === 'own') return [];
  const { jurisdiction = null, name, key, elsewhere = [] } = target;
  if (jurisdiction !== null && liesIn(jurisdiction, promised)) return [];
  const about = key === undefined ? {} : { subject: key };
  const called = target.host === undefined ? name : `${name} (${target.host})`;
  const fitting = elsewhere.filter((one) => liesIn(one.jurisdiction, promised));
  const remedy = [
    ...fitting.map(({ host }) => `take its host ${host}`),
    ...(fitting.length === 0 ? [`take a provider that processes in ${promised}`] : []),
  ];
  if (jurisdiction === 'by-region') {
    const message = `${called} processes where its region lies, and no region in ${promised} is named`;
    return [ruling('data/residency', 'question', 'residency', message, remedy, { key: regionKey(key) })];
  }
  const where =
    jurisdiction === null
      ? 'and where it processes is not known'
      : jurisdiction === 'global'
        ? 'and it may process anywhere'
        : `and it processes in ${jurisdiction}`;
  const message = `data.residency is ${promised}, ${where}: ${called}`;
  return [ruling('data/residency', 'error', 'residency', message, remedy, about)];
}

function regionKey(key: string | undefined): string {
  return key === undefined ? 'region' : `${key}.region`;
}
