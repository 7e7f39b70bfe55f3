import { doubts } from '../../src/catalog/doubts.js';
import { alternatives } from '../../src/plan/alternatives.js';
import { emptyPlan } from '../../src/plan/bare-plan.js';
import { exposurePlan } from '../../src/plan/exposure.js';
import type { Plan } from '../../src/plan/plan.js';
import { secretKey, secretOf } from '../../src/plan/secrets.js';

import { serverPlan, sizeReplica } from '../../src/plan/server.js';
import { countingNotes } from '../../src/plan/service-levels.js';
import { downloadHosts } from '../../src/plan/weights.js';
import { type ResolvedSelection, served } from '../../src/selection/resolved.js';

/** One open model on the company's own accelerators. */
export function planOpenPrivate(selection: ResolvedSelection): Plan {
  const resolved = served(selection);
  const sizing = sizeReplica(resolved);
  const exposure = exposurePlan(resolved);
  const download =
    resolved.serving.weights.token &&
    secretOf(
      resolved,
      resolved.serving.weights.token.secretRef,
      'hub-token',
      'token',
      'download of the weights',
    );
  const client =
    resolved.expose.clientKeys &&
    secretOf(
      resolved,
      resolved.expose.clientKeys.secretRef,
      'client-keys',
      'key',
      'bearer key of the clients',
    );
  const server = serverPlan(resolved, sizing, exposure, {
    download: download ? secretKey(download) : null,
    client: client ? secretKey(client) : null,
  });
  const successors = alternatives(resolved.serving);
  return {
    ...emptyPlan(resolved),
    servers: [server],
    exposure,
    secrets: [download, client].filter((secret) => secret !== undefined),
    assumptions: [
      ...sizing.assumptions,
      `the download reaches ${server.weights.hosts.join(', ')} (${downloadHosts(resolved).from})`,
      `the download keeps up 25 MiB/s, else its Job ends after ${server.lifecycle.downloadDeadlineSeconds} s and starts again where it stopped`,
      ...countingNotes(server),
      ...doubts(resolved.serving.model, resolved.serving.accelerator),
      ...successors.notes,
    ],
    alternatives: successors.alternatives,
  };
}
