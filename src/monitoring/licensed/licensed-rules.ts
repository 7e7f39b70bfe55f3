import { series } from '../queries.js';
import { type AlertingRule, alert, type RuleGroup } from '../rule.js';

/** Everything that the alerts of one licensed container depend on. */
export interface LicensedRuleInput {
  readonly namespace: string;
  readonly deployment: string;
  readonly container: string;
  /** Value of the label `job` of its scrapes; null where its vendor documents no metrics. */
  readonly job: string | null;
  /** Init container that waits for the licence server; null where there is none. */
  readonly licenceContainer: string | null;
}

/** Reasons of kube-state-metrics for which a container never starts: its image, or its Secret. Two of them take turns. */
const CANNOT_START =
  /ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainerConfigError|CreateContainerError/;

/**
 * Alerts that need nothing of the vendor but, where it documents metrics, a scrape: what Kubernetes sees of the container.
 * Names and labels: kube-state-metrics, its documentation of Deployment and Pod metrics.
 */
export function licensedRules(input: LicensedRuleInput): RuleGroup[] {
  return [
    { name: 'licensed.alerts', rules: [...down(input), ...kubernetesAlerts(input), ...licence(input)] },
  ];
}

function down({ namespace, job }: LicensedRuleInput): AlertingRule[] {
  if (job === null) return [];
  return [
    alert('ContainerDown', 'critical', '2m', `absent(${series('up', { namespace, job })} == 1)`, {
      labels: { namespace },
      summary: 'No licensed container answers',
      description: `No pod behind ${job} has answered a scrape for 2 minutes: none is ready, or Prometheus does not reach them.`,
    }),
  ];
}

function kubernetesAlerts({ namespace, deployment, container }: LicensedRuleInput): AlertingRule[] {
  const available = series('kube_deployment_status_replicas_available', { namespace, deployment });
  const wanted = series('kube_deployment_spec_replicas', { namespace, deployment });
  const restarts = series('kube_pod_container_status_restarts_total', { namespace, container });
  const waiting = series('kube_pod_container_status_waiting_reason', {
    namespace,
    container,
    reason: CANNOT_START,
  });
  return [
    alert(
      'ContainerNotReady',
      'critical',
      '5m',
      `${available} == 0 and on (namespace, deployment) ${wanted} > 0`,
      {
        summary: 'A licensed container has no ready pod',
        description:
          'Deployment {{ $labels.deployment }} in {{ $labels.namespace }} wants pods and has none ready.',
      },
    ),
    alert('ContainerRestarts', 'warning', '1m', `sum by (namespace, pod) (changes(${restarts}[1h])) >= 2`, {
      summary: 'A licensed container restarts again and again',
      description:
        'Pod {{ $labels.pod }} in {{ $labels.namespace }} was restarted {{ $value }} times within an hour.',
    }),
    alert('ContainerCannotStart', 'critical', '5m', `max by (namespace, pod) (${waiting}) > 0`, {
      summary: 'A licensed container cannot start: its image or a Secret is missing',
      description:
        'Pod {{ $labels.pod }} in {{ $labels.namespace }} has waited for 5 minutes: the registry refuses the image, or the Secret of the licence is missing or lacks its key.',
    }),
  ];
}

function licence({ namespace, licenceContainer }: LicensedRuleInput): AlertingRule[] {
  if (licenceContainer === null) return [];
  const matchers = { namespace, container: licenceContainer };
  const waits = series('kube_pod_init_container_status_running', matchers);
  const gaveUp = series('kube_pod_init_container_status_waiting_reason', {
    ...matchers,
    reason: 'CrashLoopBackOff',
  });
  return [
    alert(
      'LicenceServerUnreachable',
      'critical',
      '5m',
      `max by (namespace, pod) (${waits} or ${gaveUp}) > 0`,
      {
        summary: 'A licensed container waits for its licence server',
        description:
          'Pod {{ $labels.pod }} in {{ $labels.namespace }} has waited for 5 minutes: the licence server does not answer, and the container does not start without it.',
      },
    ),
  ];
}
