import { fieldsAt, listAt, numberAt, textAt } from '../../inspect/field.js';
import type { Inspected } from '../../inspect/inspected.js';
import type { Scaler } from '../../inspect/scaler.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** A replica that loads for minutes must not be followed by the next one within seconds. */
const SHORTEST_UP_SECONDS = 60;
const SHORTEST_DOWN_SECONDS = 300;

/** The longest start-up budget among the servers that a scaler scales, seconds. */
function coldStartSeconds({ workloads }: Scaler, { servers }: Inspected): number {
  return Math.max(
    0,
    ...servers
      .filter(({ workload }) => workloads.includes(workload))
      .map(({ container }) => container.probes.startup?.budgetSeconds ?? 0),
  );
}

function scalesServer({ workloads }: Scaler, { servers }: Inspected): boolean {
  return servers.some(({ workload }) => workloads.includes(workload));
}

export const scalerPaceChecks: readonly ManifestCheck[] = [
  {
    id: 'scaling/from-zero',
    title: 'what wakes a server from zero is not the server itself',
    why: 'At zero replicas the engine exports nothing: the query is empty for ever, and a fallback does not scale from 0 to 1.',
    source: 'keda#7239, keda#6659; KEDA 2.21 docs',
    inputs: ['scalers', 'servers'],
    traps: [27],
    run: (inspected) =>
      inspected.scalers.flatMap((scaler) => {
        if (scaler.minReplicas > 0 || !scalesServer(scaler, inspected)) return [];
        const wakes = scaler.triggers.some(({ type, query }) =>
          type === 'prometheus'
            ? !query?.promql.selectors.some(({ metric }) => metric?.startsWith('vllm:'))
            : type !== 'cpu' && type !== 'memory',
        );
        return wakes
          ? []
          : [
              error(
                scaler.subject,
                'at 0 replicas no trigger can ever become active',
                "set minReplicaCount: 1, or add a trigger on the gateway's requests",
              ),
            ];
      }),
  },
  {
    id: 'scaling/cooldown',
    title: 'a server that was woken is not ended while it loads',
    why: 'cooldownPeriod counts from the last activity: shorter than the cold start, it ends the pod before its first answer.',
    source: 'superlinked/sie#293; KEDA 2.21 docs',
    inputs: ['scalers', 'servers'],
    traps: [28],
    run: (inspected) =>
      inspected.scalers
        .filter(
          (scaler) =>
            scaler.kind === 'ScaledObject' &&
            scaler.minReplicas === 0 &&
            scalesServer(scaler, inspected) &&
            scaler.cooldownSeconds <= coldStartSeconds(scaler, inspected),
        )
        .map((scaler) =>
          error(
            scaler.subject,
            `cooldownPeriod ${scaler.cooldownSeconds} s is not above the cold start of up to ${coldStartSeconds(scaler, inspected)} s`,
            `set cooldownPeriod above ${coldStartSeconds(scaler, inspected)}`,
          ),
        ),
  },
  {
    id: 'scaling/overshoot',
    title: 'replicas are added no faster than they can load',
    why: 'While a new replica loads the queue stays long, and an external metric is not damped: the scaler doubles every 15 s up to its maximum.',
    source: 'llm-d-autoscaling PR 1019; Kubernetes docs, scaling policies',
    inputs: ['scalers', 'servers'],
    traps: [48],
    run: (inspected) =>
      inspected.scalers.flatMap((scaler) => {
        if (!scalesServer(scaler, inspected)) return [];
        const up = fieldsAt(scaler.behavior, 'scaleUp');
        const policies = listAt(up, 'policies');
        const slow =
          policies.length > 0 &&
          policies.every(
            (policy) =>
              (numberAt(policy, 'periodSeconds') ?? 0) >= SHORTEST_UP_SECONDS &&
              textAt(policy, 'type') === 'Pods',
          );
        const down =
          numberAt(scaler.behavior, 'scaleDown', 'stabilizationWindowSeconds') ?? SHORTEST_DOWN_SECONDS;
        return [
          ...(slow
            ? []
            : [
                warning(
                  scaler.subject,
                  'replicas are added faster than they load',
                  'set behavior.scaleUp.policies to a few Pods in the time that one takes to load',
                ),
              ]),
          ...(down < SHORTEST_DOWN_SECONDS
            ? [
                warning(
                  scaler.subject,
                  `replicas are ended ${down} s after the load falls`,
                  `set behavior.scaleDown.stabilizationWindowSeconds to ${SHORTEST_DOWN_SECONDS} or more`,
                ),
              ]
            : []),
        ];
      }),
  },
  {
    id: 'scaling/http-add-on',
    title: 'the HTTP add-on waits for long answers',
    why: 'Its interceptor ends a request whose headers do not come within 300 s: every long answer without streaming.',
    source: 'KEDA HTTP add-on 0.16 docs',
    inputs: ['objects'],
    traps: [57],
    run: ({ objects }) =>
      objects
        .filter(
          ({ kind, apiVersion }) => kind === 'InterceptorRoute' && apiVersion.startsWith('http.keda.sh/'),
        )
        .filter((object) => !/^0[a-z]*$/.test(textAt(object, 'spec', 'timeouts', 'responseHeader') ?? '300s'))
        .map(({ metadata }) =>
          error(
            `InterceptorRoute/${metadata.name}`,
            'answers without streaming end after 300 s',
            'set timeouts.responseHeader: 0s',
          ),
        ),
  },
];
