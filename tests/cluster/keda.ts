import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from './api.js';
import type { KedaFiles } from './build.js';
import { installCrds, readCrds } from './crds.js';
import type { Guard } from './guard.js';
import type { KubeObject } from './kube-object.js';
import { type Certificate, caBundle, issue } from './pki.js';
import { freePorts } from './ports.js';
import { applyAll } from './prerequisites.js';
import { waitUntil } from './wait.js';

const NAMESPACE = 'keda';
const SERVICE = 'keda-metrics-apiserver';

export interface KedaProps {
  readonly files: KedaFiles;
  readonly kubeconfig: string;
  readonly ca: Certificate;
  /** Port of the Prometheus that answers for every address in a ScaledObject. */
  readonly prometheusPort: number;
}

/** Starts KEDA's operator, metrics adapter and webhooks beside the cluster and waits until the cluster uses them. */
export async function startKeda(
  api: Api,
  guard: Guard,
  { files, kubeconfig, ca, prometheusPort }: KedaProps,
): Promise<void> {
  const ports = await freePorts(7);
  const [grpc, operatorMetrics, operatorHealth, adapter, adapterMetrics, webhooks, webhooksHealth] =
    ports as [number, number, number, number, number, number, number];
  const certs = createCertificates(guard.folder, ca);
  await installCrds(api, readCrds(files.crds));
  const env = {
    KUBECONFIG: kubeconfig,
    WATCH_NAMESPACE: '',
    KEDA_CLUSTER_OBJECT_NAMESPACE: NAMESPACE,
    POD_NAMESPACE: NAMESPACE,
    POD_NAME: 'keda',
    // Prometheus answers requests that come as to a proxy: so an address inside the cluster reaches it unchanged.
    HTTP_PROXY: `http://127.0.0.1:${prometheusPort}`,
    NO_PROXY: '127.0.0.1,localhost',
  };
  const kubeconfigs = ['lister', 'authentication', 'authorization'].map(
    (who) => `--${who}-kubeconfig=${kubeconfig}`,
  );
  guard.start('keda-operator', {
    command: files.operator,
    args: [
      `--cert-dir=${certs}`,
      `--metrics-service-bind-address=127.0.0.1:${grpc}`,
      `--metrics-bind-address=127.0.0.1:${operatorMetrics}`,
      `--health-probe-bind-address=127.0.0.1:${operatorHealth}`,
    ],
    env,
  });
  guard.start('keda-adapter', {
    command: files.adapter,
    args: [
      ...[
        `--cert-dir=${certs}`,
        `--tls-cert-file=${certs}/tls.crt`,
        `--tls-private-key-file=${certs}/tls.key`,
      ],
      ...['--bind-address=127.0.0.1', `--secure-port=${adapter}`, `--port=${adapterMetrics}`],
      ...[`--metrics-service-address=localhost:${grpc}`, ...kubeconfigs],
    ],
    env,
  });
  guard.start('keda-webhooks', {
    command: files.webhooks,
    args: [
      ...[`--cert-dir=${certs}`, `--port=${webhooks}`, '--metrics-bind-address=0'],
      `--health-probe-bind-address=127.0.0.1:${webhooksHealth}`,
    ],
    env,
  });
  const failures = await applyAll(api, registrations(adapter, webhooks, caBundle(ca)));
  if (failures.length > 0) throw new Error(failures.join('\n'));
  await waitUntil('KEDA', () => ready(api, guard, operatorHealth, webhooksHealth), {
    timeoutMs: 90_000,
    everyMs: 300,
  });
}

/** Takes KEDA's registrations out of the cluster, which would otherwise wait for it in vain. */
export async function unregisterKeda(api: Api): Promise<void> {
  for (const object of [...registrations(1, 1, '')].reverse()) await api.remove(object);
}

async function ready(api: Api, guard: Guard, ...healthPorts: readonly number[]): Promise<true | string> {
  for (const name of ['keda-operator', 'keda-adapter', 'keda-webhooks']) {
    if (guard.ended(name)) throw new Error(`${name} ended:\n${guard.log(name)}`);
  }
  for (const port of healthPorts) {
    const status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.status,
      (error: Error) => error.message,
    );
    if (status !== 200) return `readyz on ${port}: ${status}`;
  }
  const { status } = await api.request('GET', '/apis/external.metrics.k8s.io/v1beta1');
  return status === 200 || `external metrics: status ${status}`;
}

function createCertificates(folder: string, ca: Certificate): string {
  const certs = join(folder, 'keda');
  mkdirSync(certs);
  issue(certs, ca, 'tls', ['localhost', `${SERVICE}.${NAMESPACE}.svc`]);
  copyFileSync(ca.cert, join(certs, 'ca.crt'));
  return certs;
}

function registrations(adapter: number, webhooks: number, bundle: string): readonly KubeObject[] {
  const rule = {
    apiGroups: ['keda.sh'],
    apiVersions: ['v1alpha1'],
    operations: ['CREATE', 'UPDATE'],
    resources: ['scaledobjects'],
  };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    // No kube-proxy and no DNS: a name that the API server itself resolves.
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: SERVICE, namespace: NAMESPACE },
      spec: { type: 'ExternalName', externalName: 'localhost' },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.external.metrics.k8s.io' },
      spec: {
        ...{
          group: 'external.metrics.k8s.io',
          version: 'v1beta1',
          groupPriorityMinimum: 100,
          versionPriority: 100,
        },
        service: { name: SERVICE, namespace: NAMESPACE, port: adapter },
        caBundle: bundle,
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'keda-admission' },
      webhooks: [
        {
          ...{
            name: 'vscaledobject.kb.io',
            admissionReviewVersions: ['v1'],
            sideEffects: 'None',
            failurePolicy: 'Fail',
            rules: [rule],
          },
          clientConfig: {
            url: `https://127.0.0.1:${webhooks}/validate-keda-sh-v1alpha1-scaledobject`,
            caBundle: bundle,
          },
        },
      ],
    },
  ];
}
