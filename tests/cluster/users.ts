import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pki } from './pki.js';

export interface User {
  readonly token: string;
  readonly kubeconfig: string;
}

/** Tokens and kubeconfigs of those who talk to the API server; the tokens go to a file that it reads. */
export function createUsers(
  folder: string,
  server: string,
  pki: Pki,
): Record<'admin' | 'controllers' | 'scheduler', User> {
  const tokens: string[] = [];
  const user = (name: string, groups: string): User => {
    const token = randomBytes(16).toString('hex');
    tokens.push(`${token},${name},${name}${groups && `,"${groups}"`}`);
    const kubeconfig = join(folder, `${name.replaceAll(':', '-')}.kubeconfig`);
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(server, pki.ca.cert, token)), { mode: 0o600 });
    return { token, kubeconfig };
  };
  const users = {
    admin: user('admin', 'system:masters'),
    controllers: user('system:kube-controller-manager', ''),
    scheduler: user('system:kube-scheduler', ''),
  };
  writeFileSync(join(folder, 'tokens.csv'), `${tokens.join('\n')}\n`, { mode: 0o600 });
  return users;
}

function kubeconfigFor(server: string, ca: string, token: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'plane',
    clusters: [{ name: 'plane', cluster: { server, 'certificate-authority': ca } }],
    users: [{ name: 'user', user: { token } }],
    contexts: [{ name: 'plane', context: { cluster: 'plane', user: 'user' } }],
  };
}
