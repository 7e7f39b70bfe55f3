import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labels } from '../kubernetes/labels.js';
import { licensedRules } from '../monitoring/licensed/licensed-rules.js';
import type { LicensedPlan } from '../plan/licensed-plan.js';
import { LICENCE_WAIT } from './licensed-pod.js';
import { type LicensedServerProps, licensedIdentity } from './licensed-server.js';
import { podMonitor, prometheusRule } from './prometheus-operator.js';

const SCRAPE_INTERVAL_SECONDS = 30;

/** Watches a licensed container: scrapes it where its vendor documents metrics, and alerts on what Kubernetes sees of it. */
export class LicensedMonitoring extends Construct {
  constructor(scope: Construct, id: string, { namespace, instance, plan }: LicensedServerProps) {
    super(scope, id);
    const { name, metrics, monitored, licence, operator } = plan;
    if (monitored === null) return;
    const identity = licensedIdentity(instance, name);
    const metadata = { name, namespace, labels: { ...labels(identity), ...monitored.labels } };
    // NVIDIA's operator makes a ServiceMonitor itself.
    if (metrics !== null && !operator)
      new ApiObject(
        this,
        'monitor',
        podMonitor(metadata, {
          identity,
          port: metrics.port === plan.port ? 'http' : 'metrics',
          path: metrics.path,
          scrapeIntervalSeconds: SCRAPE_INTERVAL_SECONDS,
        }),
      );
    const groups = licensedRules({
      namespace,
      deployment: name,
      container: operator ? `${name}-ctr` : 'server',
      job: metrics === null ? null : jobOf(namespace, plan),
      licenceContainer: licence.kind === 'licence-server' ? LICENCE_WAIT : null,
    });
    new ApiObject(this, 'rules', prometheusRule(metadata, groups));
  }
}

/** Label `job`: a PodMonitor gives its own name, a ServiceMonitor that of the Service. */
function jobOf(namespace: string, { name, operator }: LicensedPlan): string {
  return operator ? name : `${namespace}/${name}`;
}
