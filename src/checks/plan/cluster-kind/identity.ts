import { key, type PlanCheck, type PlanFinding } from '../planned.js';

const SOURCE = 'profiles/clusters/, with the source and day of each fact';

export const providerIdentity: PlanCheck = {
  id: 'provider/identity',
  title: 'pods sign in to the cloud by annotation, label and component together',
  why: 'one of the three alone gives a pod no credentials, and the first call fails hours later',
  source: SOURCE,
  inputs: ['cluster.identity', 'cluster.kind'],
  guards: true,
  run: (planned): PlanFinding[] => {
    const { clusterKind: kind, cluster } = planned.resolved;
    if (kind === null || cluster.identity === undefined) return [];
    const { annotations, component: said } = cluster.identity;
    const { serviceAccountAnnotations: known, component, mechanism } = kind.identity;
    const given = Object.keys(annotations);
    const strange = given.filter((name) => !known.includes(name));
    const findings: PlanFinding[] = [];
    if (strange.length > 0 || (given.length === 0 && known.length > 0))
      findings.push({
        severity: 'error',
        message: `${strange.length > 0 ? `${strange.join(', ')}: no annotation of ${kind.name}` : 'cluster.identity names no annotation'}`,
        remedy: [
          known.length > 0
            ? `${mechanism}: ${known.join(', ')}`
            : `${kind.name} needs no annotation${mechanism === null ? '' : `: ${mechanism}`}`,
        ],
        subject: key(planned, 'cluster.identity.annotations'),
      });
    if (component !== null && said !== true)
      findings.push({
        severity: said === false ? 'error' : 'question',
        message: `credentials come by ${component}, and ${said === false ? 'the selection says that it is not there' : 'nothing says that it is there'}`,
        remedy: ['switch it on, then set cluster.identity.component: true'],
        ...(said === false
          ? { subject: key(planned, 'cluster.identity.component') }
          : { key: key(planned, 'cluster.identity.component') }),
      });
    return findings;
  },
};
