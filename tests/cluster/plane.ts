import { readFileSync } from 'node:fs';
import { type Api, type ApiProps, createApi } from './api.js';
import { DEFAULT_KUBERNETES, ensureBinary } from './build.js';
import { type Guard, openGuard } from './guard.js';
import { createPki, type Pki } from './pki.js';
import { apiServerFlags, controllerManagerFlags, etcdFlags, kwokFlags } from './plane-flags.js';
import { freePorts } from './ports.js';
import { createStateFolder, sweepStateFolders } from './state-folder.js';
import { createUsers } from './users.js';
import { waitUntil } from './wait.js';

export interface PlaneProps {
  /** Minor version of Kubernetes. @default 1.36 */
  readonly kubernetes?: string;
  /** How many times faster than the world's the autoscaler's windows pass. @default 1 */
  readonly hpaClockSpeed?: number;
}

export interface Plane {
  readonly kubernetes: string;
  readonly api: Api;
  readonly connection: ApiProps;
  readonly folder: string;
  readonly guard: Guard;
  readonly pki: Pki;
  /** Path of a kubeconfig with all rights. */
  readonly kubeconfig: string;
  /** The binary that holds kwok. */
  readonly kwokBinary: string;
  /** Kills every process of the plane and removes its folder. */
  stop(): Promise<void>;
}

/** Starts etcd, API server, controller-manager, scheduler and simulated nodes on loopback and waits until they serve. */
export async function startPlane({
  kubernetes = DEFAULT_KUBERNETES,
  hpaClockSpeed = 1,
}: PlaneProps = {}): Promise<Plane> {
  const binary = await ensureBinary(kubernetes);
  // kwok serves every version; it is built only with the one it fits.
  const kwokBinary = await ensureBinary(DEFAULT_KUBERNETES);
  sweepStateFolders();
  const folder = createStateFolder();
  const guard = openGuard(folder);
  try {
    const pki = createPki(folder);
    const [etcd, etcdPeer, apiServer, kwok] = (await freePorts(4)) as [number, number, number, number];
    const server = `https://127.0.0.1:${apiServer}`;
    const users = createUsers(folder, server, pki);
    const connection = { server, token: users.admin.token, ca: readFileSync(pki.ca.cert, 'utf8') };
    const api = createApi(connection);
    const start = (name: string, args: readonly string[], program = binary) =>
      guard.start(name, {
        command: binary,
        args: ['tether', program, name, ...args],
        env: { BERTH_HPA_CLOCK_SPEED: String(hpaClockSpeed) },
      });

    start('etcd', etcdFlags(folder, etcd, etcdPeer));
    start('kube-apiserver', apiServerFlags(folder, pki, etcd, apiServer));
    await waitUntil('API server', () => ready(api, guard), { timeoutMs: 120_000 });
    const kubeconfig = (path: string) => [`--kubeconfig=${path}`, '--leader-elect=false', '--secure-port=0'];
    start('kube-scheduler', kubeconfig(users.scheduler.kubeconfig));
    const fast = hpaClockSpeed !== 1;
    start('kube-controller-manager', [
      ...kubeconfig(users.controllers.kubeconfig),
      ...controllerManagerFlags(pki),
      ...(fast ? ['--controllers=*,-horizontal-pod-autoscaler-controller'] : []),
    ]);
    if (fast) start('autoscaler', [`--kubeconfig=${users.admin.kubeconfig}`]);
    start('kwok', kwokFlags(users.admin.kubeconfig, kwok, 'fake'), kwokBinary);
    await waitUntil('default ServiceAccount', async () => {
      const { status } = await api.request('GET', '/api/v1/namespaces/default/serviceaccounts/default');
      return status === 200 || died(guard) || `status ${status}`;
    });
    return {
      kubernetes,
      api,
      connection,
      folder,
      guard,
      pki,
      kubeconfig: users.admin.kubeconfig,
      kwokBinary,
      async stop() {
        api.close();
        await guard.close();
      },
    };
  } catch (error) {
    await guard.close();
    throw error;
  }
}

const COMPONENTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'];

/** Throws with the log of a component that has ended; false while all run. */
function died(guard: Guard): false {
  for (const name of COMPONENTS) {
    if (guard.ended(name)) throw new Error(`${name} ended:\n${guard.log(name)}`);
  }
  return false;
}

async function ready(api: Api, guard: Guard): Promise<true | string> {
  died(guard);
  const { status } = await api.request('GET', '/readyz').catch((error: Error) => ({ status: error.message }));
  return status === 200 || `readyz: ${status}`;
}
