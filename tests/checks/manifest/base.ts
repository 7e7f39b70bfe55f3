import type { KubernetesObject } from '../../../src/inspect/types.js';
import { rules } from './base-rules.js';
import { deployment, job, jobLabels, labels, metadata, NAMESPACE } from './base-workloads.js';

const metrics = 'namespace="chat-production",model_name="qwen3-32b"';

const network = (name: string, spec: object): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: NAMESPACE },
  spec,
});
const namespacePeer = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

/** A set in which no check finds anything: two GPUs, scaled, watched, closed and exposed by a Gateway. */
export function base(): KubernetesObject[] {
  // Through JSON: objects must not share their labels, or a change to one would change the others.
  return JSON.parse(
    JSON.stringify([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
      },
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'server', namespace: NAMESPACE },
        automountServiceAccountToken: false,
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name: 'weights',
          namespace: NAMESPACE,
          annotations: {
            'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
            'kustomize.toolkit.fluxcd.io/prune': 'disabled',
          },
        },
        spec: {
          accessModes: ['ReadWriteMany'],
          storageClassName: 'cephfs',
          resources: { requests: { storage: '50Gi' } },
        },
      },
      job,
      deployment,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: labels, ports: [{ name: 'http', port: 8000, targetPort: 'http' }] },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata,
        spec: {
          maxUnavailable: 1,
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
          selector: { matchLabels: labels },
        },
      },
      network('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      network('server-from-clients', {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [namespacePeer('gateway'), namespacePeer('monitoring')],
            ports: [{ port: 8000, protocol: 'TCP' }],
          },
        ],
      }),
      network('weights-to-hub', {
        podSelector: { matchLabels: jobLabels },
        policyTypes: ['Egress'],
        egress: [
          { to: [namespacePeer('kube-system')], ports: [{ port: 53, protocol: 'UDP' }] },
          {
            to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }],
            ports: [{ port: 443, protocol: 'TCP' }],
          },
        ],
      }),
      {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'server' },
          minReplicaCount: 1,
          maxReplicaCount: 4,
          pollingInterval: 15,
          cooldownPeriod: 1200,
          fallback: { failureThreshold: 3, replicas: 1, behavior: 'currentReplicasIfHigher' },
          advanced: {
            horizontalPodAutoscalerConfig: {
              behavior: {
                scaleUp: {
                  stabilizationWindowSeconds: 60,
                  policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
                },
                scaleDown: {
                  stabilizationWindowSeconds: 600,
                  policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }],
                },
              },
            },
          },
          triggers: [
            {
              type: 'prometheus',
              name: 'waiting',
              metadata: {
                serverAddress: 'http://prometheus.monitoring:9090',
                query: `sum(vllm:num_requests_waiting_by_reason{${metrics},reason="capacity"})`,
                threshold: '5',
                ignoreNullValues: 'false',
              },
            },
            {
              type: 'prometheus',
              name: 'running',
              metadata: {
                serverAddress: 'http://prometheus.monitoring:9090',
                query: `sum(vllm:num_requests_running{${metrics}})`,
                threshold: '48',
                ignoreNullValues: 'false',
              },
            },
          ],
        },
      },
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PodMonitor',
        metadata,
        spec: {
          selector: { matchLabels: labels },
          podMetricsEndpoints: [{ port: 'http', path: '/metrics', interval: '15s' }],
        },
      },
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata,
        spec: { groups: [{ name: 'server', rules: rules(metrics) }] },
      },
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'client-keys', namespace: NAMESPACE },
        spec: {
          refreshInterval: '1h0m0s',
          secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
          target: { name: 'client-keys' },
          data: [{ secretKey: 'key', remoteRef: { key: 'llm/clients' } }],
        },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata,
        spec: {
          gatewayClassName: 'envoy',
          listeners: [
            {
              name: 'https',
              port: 443,
              protocol: 'HTTPS',
              hostname: 'llm.example.internal',
              tls: { certificateRefs: [{ name: 'server-tls' }] },
            },
          ],
        },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata,
        spec: {
          parentRefs: [{ name: 'server', sectionName: 'https' }],
          hostnames: ['llm.example.internal'],
          rules: [
            {
              matches: [{ path: { type: 'Exact', value: '/v1/chat/completions' } }],
              timeouts: { request: '0s', backendRequest: '0s' },
              backendRefs: [{ name: 'server', port: 8000 }],
            },
          ],
        },
      },
    ]),
  );
}
