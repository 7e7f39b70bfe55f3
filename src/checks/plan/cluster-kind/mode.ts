import { poolObject } from '../../../plan/node-pool.js';
import { clusterMode } from '../../../plan/platform.js';
import { key, type PlanCheck, type PlanFinding } from '../planned.js';

const SOURCE = 'profiles/clusters/, with the source and day of each fact';

export const providerMode: PlanCheck = {
  id: 'provider/mode',
  title: 'it is said how this cluster runs its nodes',
  why: 'modes of one kind differ in labels, disks, resolvers and in who makes nodes',
  source: SOURCE,
  inputs: ['cluster.mode', 'cluster.kind', 'cluster.pool'],
  run: (planned): PlanFinding[] => {
    const { clusterKind: kind, cluster } = planned.resolved;
    if (kind === null || planned.plan.servers.length === 0) return [];
    const subject = key(planned, 'cluster.mode');
    const remedy = [`one of: ${kind.modes.join(', ')}`];
    if (cluster.mode !== undefined && !kind.modes.includes(cluster.mode))
      return [{ severity: 'error', message: `${kind.name} has no mode '${cluster.mode}'`, remedy, subject }];
    if (cluster.pool !== undefined && poolObject(planned.resolved) === undefined)
      return [
        {
          severity: 'error',
          message: `cluster.pool is set, and ${kind.name}${cluster.mode === undefined ? '' : ` in mode ${cluster.mode}`} has no object for nodes that can be emitted`,
          remedy: ['make the pool outside of the cluster as PLAN.md describes it, and remove cluster.pool'],
          subject: key(planned, 'cluster.pool'),
        },
      ];
    if (
      poolObject(planned.resolved)?.nodeClass !== undefined &&
      cluster.pool !== undefined &&
      cluster.pool.nodeClass === undefined &&
      cluster.pool.ec2 === undefined
    )
      return [
        {
          severity: 'error',
          message: 'cluster.pool names no node class',
          remedy: [
            'set cluster.pool.nodeClass to one that exists',
            'or describe one in cluster.pool.ec2 (EKS with Karpenter)',
          ],
          subject: key(planned, 'cluster.pool'),
        },
      ];
    const { pool } = cluster;
    if (poolObject(planned.resolved)?.nodeClass === undefined && (pool?.nodeClass ?? pool?.ec2) !== undefined)
      return [
        {
          severity: 'error',
          message: `cluster.pool names a node class, and ${kind.name} has none`,
          remedy: ['remove cluster.pool.nodeClass and cluster.pool.ec2: the card and the zones are enough'],
          subject: key(planned, 'cluster.pool'),
        },
      ];
    if (clusterMode(planned.resolved) !== null || kind.modes.length < 2) return [];
    return [
      {
        severity: 'question',
        message: `${kind.name} has ${kind.modes.length} modes, and cluster.mode is not set`,
        remedy,
        key: subject,
      },
    ];
  },
};
