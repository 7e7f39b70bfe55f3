import { key, onServers, type PlanCheck, type PlanFinding } from '../planned.js';

const SOURCE = 'profiles/clusters/, with the source and day of each fact';
/** Lists older than this when the catalogue was read are no basis for a budget. */
const OLD_DAYS = 180;

export const providerPriceAge: PlanCheck = {
  id: 'provider/price-age',
  title: 'the list price of the machine was fresh when it was read',
  why: 'prices of accelerators fall by a third in a year: a budget on an old list is wrong',
  source: SOURCE,
  inputs: ['cluster.region', 'cluster.machine', 'cluster.kind'],
  run: onServers((_, planned): PlanFinding[] => {
    const { clusterKind: kind, cluster } = planned.resolved;
    const region = kind?.regions.find(({ id }) => id === cluster.region && id !== null);
    const machine = region?.machines.find(({ type }) => type === cluster.machine);
    const date = machine?.date ?? region?.date;
    if (kind === null || machine?.pricePerHour == null || date == null) return [];
    const age = Math.floor((day(kind.checked) - day(date)) / 86_400_000);
    if (age <= OLD_DAYS) return [];
    return [
      {
        severity: 'warning',
        message: `the price of ${machine.type} in ${region?.id} is of ${date}: ${age} days old when it was read on ${kind.checked}`,
        remedy: [`ask for today's price, and set it in your own profiles/clusters/${kind.id}.yaml`],
        subject: key(planned, 'cluster.machine'),
      },
    ];
  }),
};

/** A month or a year counts from its first day. */
function day(date: string): number {
  const padded = `${date}-01-01`.slice(0, 10);
  return Date.parse(padded);
}
