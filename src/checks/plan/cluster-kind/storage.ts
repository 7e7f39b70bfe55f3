import { key, onServers, type PlanCheck, type PlanFinding } from '../planned.js';

const SOURCE = 'profiles/clusters/, with the source and day of each fact';

export const providerStorageClass: PlanCheck = {
  id: 'provider/storage-class-exists',
  title: 'the storage class is there, and offers what the plan mounts',
  why: 'a claim of a class that nobody made, or that binds to one node, stays pending, and the server with it',
  source: SOURCE,
  inputs: ['cluster.storageClass', 'cluster.kind', 'servers[].weights'],
  run: onServers(({ weights }, planned): PlanFinding[] => {
    const { clusterKind: kind, cluster } = planned.resolved;
    if (kind === null) return [];
    const access = weights.kind === 'shared' ? 'ReadWriteMany' : 'ReadWriteOnce';
    const asked = `cluster.storageClass.${weights.kind === 'shared' ? 'shared' : 'nodeBound'}`;
    const offering = kind.storage.classes.filter((one) => one.access.includes(access));
    const shipped = offering.filter((one) => one.shipped && one.name !== null).map(({ name }) => name);
    const hints = [
      ...(shipped.length > 0 ? [`${kind.name} comes with: ${shipped.join(', ')}`] : []),
      ...offering
        .filter((one) => !one.shipped && one.provisioner !== null)
        .map(
          ({ provisioner, note }) =>
            `or a class of your own with ${provisioner}${note === undefined ? '' : ` (${note})`}`,
        ),
    ];
    if (weights.storageClass === null && cluster.storageClass === undefined)
      return [
        {
          severity: 'question',
          message: `no storage class is named: the default of the cluster would hold the weights (${access})`,
          remedy: [`set ${asked}`, ...hints],
          key: key(planned, asked),
        },
      ];
    const named = kind.storage.classes.find(({ name }) => name === weights.storageClass);
    if (named === undefined || named.access.includes(access)) return [];
    return [
      {
        severity: 'error',
        message: `${named.name} of ${kind.name} offers ${named.access.join(' and ')}, and the weights need ${access}`,
        remedy: [`set ${asked} to another class`, ...hints],
        subject: key(planned, asked),
      },
    ];
  }),
};
