import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { ApiProps } from './api.js';
import { DEFAULT_KUBERNETES, ensureBinary, ensureKeda, type KedaFiles } from './build.js';
import { installCrds, vendoredCrds } from './crds.js';
import type { Certificate } from './pki.js';
import { startPlane } from './plane.js';
import { ensurePrometheus } from './prometheus.js';
import { recordResults } from './results.js';
import { isAlive } from './state-folder.js';

/** What the test files know of the plane. */
export interface PlaneContext {
  readonly kubernetes: string;
  readonly connection: ApiProps;
  readonly kubeconfig: string;
  readonly kwokBinary: string;
  readonly ca: Certificate;
  readonly keda: KedaFiles;
  readonly prometheus: string;
  /** How many times faster than the world's the autoscaler's windows pass. */
  readonly hpaClockSpeed: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    plane: PlaneContext;
  }
}

/** Starts one control plane for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  dieWithRunner();
  const kubernetes = process.env.BERTH_K8S_VERSION ?? DEFAULT_KUBERNETES;
  const hpaClockSpeed = process.env.BERTH_REAL_TIME === '1' ? 1 : 20;
  await ensureBinary(kubernetes);
  const [keda, { prometheus }] = [await ensureKeda(), await ensurePrometheus()];
  const start = Date.now();
  const plane = await startPlane({ kubernetes, hpaClockSpeed });
  const upSeconds = (Date.now() - start) / 1000;
  await installCrds(plane.api, vendoredCrds()).catch(async (error) => {
    await plane.stop();
    throw error;
  });
  console.log(
    `proving ground: Kubernetes ${kubernetes} up in ${upSeconds.toFixed(1)} s, definitions ${((Date.now() - start) / 1000 - upSeconds).toFixed(1)} s more`,
  );
  const results = process.env.BERTH_RESULTS_DIR;
  if (results) rmSync(join(results, 'cluster.json'), { force: true });
  recordResults({ kubernetes });
  const { connection, kubeconfig, kwokBinary, pki } = plane;
  const tools = { kwokBinary, keda, prometheus };
  project.provide('plane', { kubernetes, connection, kubeconfig, ca: pki.ca, hpaClockSpeed, ...tools });
  return () => plane.stop();
}

// The guard cleans up when this process is gone, in whatever way; so it may go at once.
function dieWithRunner(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    process.on(signal, () => process.exit(code));
  const runner = Number(process.env.BERTH_RUNNER_PID ?? 0);
  if (runner > 0) setInterval(() => isAlive(runner) || process.kill(process.pid, 'SIGKILL'), 1000).unref();
}
