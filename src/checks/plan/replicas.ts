import { BINDING_WORDS, type CallsPlan, fromTo } from '../../plan/calls.js';
import { key, onServers, type PlanCheck, type PlanFinding } from './planned.js';

export const capacityReplicas: PlanCheck = {
  id: 'capacity/replicas',
  title: 'the replicas carry the calls of a month',
  why: 'a replica that is always full answers late, and refuses what it cannot hold',
  source:
    'speed of the sizing over its error band, Poisson arrivals, 95th percentiles against the service levels',
  inputs: ['servers[].calls', 'servers[].replicas'],
  run: onServers(({ calls, replicas }, planned): PlanFinding[] => {
    if (calls === null) return [];
    const most = calls.replicas?.[1] ?? Number.POSITIVE_INFINITY;
    if (replicas.max >= most) return [];
    return [
      {
        severity: 'info',
        message:
          calls.replicas === null
            ? `${atPeak(calls)}: ${BINDING_WORDS[calls.binding]}, whatever the replicas`
            : `${atPeak(calls)} take ${fromTo(calls.replicas)} replicas, ${replicas.max} are planned at most; ${BINDING_WORDS[calls.binding]}`,
        remedy:
          calls.replicas === null
            ? ['take a faster accelerator, more of them a replica, or wider service levels']
            : [
                `set sizing.replicas.max to ${most}`,
                ...(calls.binding === 'max-num-seqs'
                  ? ['raise sizing.concurrency where the cache holds more']
                  : []),
              ],
        subject: key(planned, 'sizing.replicas'),
      },
    ];
  }),
};

function atPeak({ callsPerMonth, peakFactor, hoursPerMonth, peakRequestsPerSecond }: CallsPlan): string {
  return `${callsPerMonth.toLocaleString('en-US')} calls a month, ${peakRequestsPerSecond} a second at the peak (${peakFactor} × the mean of ${hoursPerMonth} hours),`;
}
