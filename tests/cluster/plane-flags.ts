import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pki } from './pki.js';

const stages = join(dirname(fileURLToPath(import.meta.url)), 'stages.yaml');

export function etcdFlags(folder: string, port: number, peerPort: number): readonly string[] {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    ...[`--data-dir=${join(folder, 'etcd')}`, '--name=one', '--unsafe-no-fsync=true', '--log-level=warn'],
    ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
    ...[
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=one=${peer}`,
    ],
  ];
}

export function apiServerFlags(folder: string, pki: Pki, etcdPort: number, port: number): readonly string[] {
  return [
    ...[`--etcd-servers=http://127.0.0.1:${etcdPort}`, `--secure-port=${port}`, `--cert-dir=${folder}`],
    // No kubelet and no second API server: nothing may listen beyond loopback or be listed as an endpoint.
    ...['--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', '--endpoint-reconciler-type=none'],
    ...['--service-cluster-ip-range=10.96.0.0/16', '--authorization-mode=Node,RBAC'],
    ...[
      `--tls-cert-file=${pki.server.cert}`,
      `--tls-private-key-file=${pki.server.key}`,
      `--client-ca-file=${pki.ca.cert}`,
    ],
    ...[
      `--token-auth-file=${join(folder, 'tokens.csv')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
    ],
    `--service-account-key-file=${pki.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${pki.serviceAccountKey}`,
    ...[
      `--requestheader-client-ca-file=${pki.frontProxyCa.cert}`,
      '--requestheader-allowed-names=front-proxy-client',
    ],
    ...['--requestheader-username-headers=X-Remote-User', '--requestheader-group-headers=X-Remote-Group'],
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${pki.frontProxyClient.cert}`,
    `--proxy-client-key-file=${pki.frontProxyClient.key}`,
    // Pods of a lost node are evicted after 5 s instead of 300 s.
    ...['--default-not-ready-toleration-seconds=5', '--default-unreachable-toleration-seconds=5'],
  ];
}

export function controllerManagerFlags(pki: Pki): readonly string[] {
  return [
    '--use-service-account-credentials=true', // each controller has its own role; the shared user has none
    ...[`--service-account-private-key-file=${pki.serviceAccountKey}`, `--root-ca-file=${pki.ca.cert}`],
    ...['--node-monitor-period=1s', '--node-monitor-grace-period=8s'],
    ...[
      '--horizontal-pod-autoscaler-sync-period=1s',
      '--horizontal-pod-autoscaler-downscale-stabilization=5s',
    ],
  ];
}

/** kwok for the nodes whose annotation kwok.x-k8s.io/node has this value. */
export function kwokFlags(kubeconfig: string, port: number, nodes: string): readonly string[] {
  return [
    ...[`--kubeconfig=${kubeconfig}`, `--config=${stages}`, `--server-address=127.0.0.1:${port}`],
    ...[
      `--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=${nodes}`,
      '--node-lease-duration-seconds=8',
    ],
  ];
}
