import { flagNumber } from '../../src/inspect/engine.js';
import { type DeployedServer, deployedServers } from './deployed.js';
import { SERVED_VERSION } from './environment.js';

/** The generated server that the live tests start, and the numbers that they hold it to. */
export interface LiveDeployment {
  readonly server: DeployedServer;
  readonly names: readonly string[];
  readonly maxModelLen: number;
  /** Requests that it holds, running or waiting, before it refuses. */
  readonly admitted: number;
  readonly preStopSeconds: number;
  readonly shutdownTimeoutSeconds: number;
  readonly graceSeconds: number;
}

/**
 * The one that uses most of what can be tried: of the version that runs here, with a client key and a queue cap, if
 * possible with a scaler; of several the one with the shortest context.
 * @throws where no environment has such a server
 */
export function chooseDeployment(): LiveDeployment {
  const [best] = deployedServers()
    .filter(({ version }) => version === SERVED_VERSION)
    .filter(({ server }) => server.container.env.some(({ secret }) => secret !== undefined))
    .filter((each) => number(each, '--max-num-queued-reqs') !== undefined)
    .sort((a, b) => score(a) - score(b));
  if (!best) throw new Error(`no emitted server of ${SERVED_VERSION} has a client key and a queue cap`);
  const { server } = best;
  return {
    server: best,
    names: server.engine.servedModelNames,
    maxModelLen: needed(best, '--max-model-len'),
    admitted: needed(best, '--max-num-queued-reqs'),
    preStopSeconds: server.container.preStopSeconds ?? 0,
    shutdownTimeoutSeconds: needed(best, '--shutdown-timeout'),
    graceSeconds: server.workload.pod.terminationGraceSeconds,
  };
}

function score(server: DeployedServer): number {
  return (number(server, '--max-model-len') ?? 0) + (server.server.scalers.length > 0 ? 0 : 1e9);
}

function number({ server }: DeployedServer, flag: string): number | undefined {
  return flagNumber(server.engine.parsed, flag);
}

function needed(server: DeployedServer, flag: string): number {
  const value = number(server, flag);
  if (value === undefined) throw new Error(`${server.id} does not set ${flag}`);
  return value;
}
