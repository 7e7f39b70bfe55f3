import { openCatalog } from '../../src/catalog/catalog.js';
import type { EngineTable } from '../../src/catalog/engine.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Inspected, Server } from '../../src/inspect/inspected.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import { findEnvironments } from '../cluster/environments.js';

const catalog = openCatalog(undefined);

/** One server that the emitted manifests start. */
export interface DeployedServer {
  /** `<selection>/<environment> Deployment/server container server` */
  readonly id: string;
  readonly version: string;
  readonly args: readonly string[];
  readonly server: Server;
  readonly environment: DeployedEnvironment;
}

export interface DeployedEnvironment {
  readonly id: string;
  readonly inspected: Inspected;
}

/** @throws where dist/ is empty */
export function deployedEnvironments(): readonly DeployedEnvironment[] {
  return findEnvironments().map(({ id, objects }) => ({
    id,
    inspected: inspect(
      objects as unknown as readonly KubernetesObject[],
      (version) => catalog.engine(version)?.table,
    ),
  }));
}

/** Every model server of every environment. @throws where there is none, or one follows no version */
export function deployedServers(): readonly DeployedServer[] {
  const servers = deployedEnvironments().flatMap((environment) =>
    environment.inspected.servers.map((server) => {
      const id = `${environment.id} ${server.subject}`;
      const { version, args } = server.engine;
      if (version === undefined)
        throw new Error(`${id}: ${server.container.image.reference} names no engine version`);
      return { id, version, args, server, environment };
    }),
  );
  if (servers.length === 0) throw new Error('no environment holds a model server');
  return servers;
}

/** The table of exactly this version. @throws where profiles/engines/ has none */
export function exactTable(version: string): EngineTable {
  const found = catalog.engine(version);
  if (!found?.exact) throw new Error(`profiles/engines/ has no table of ${version}`);
  return found.table;
}

/** The table that stands for a version, as the product picks it. */
export function nearestTable(version: string): EngineTable {
  const found = catalog.engine(version);
  if (!found) throw new Error(`no table of the minor of ${version}`);
  return found.table;
}

export const tableVersions: readonly string[] = catalog.engineVersions();
