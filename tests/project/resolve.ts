import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { openCatalog } from '../../src/catalog/catalog.js';
import type { Finding } from '../../src/checks/check.js';
import { planChecks } from '../../src/checks/plan/all.js';
import { runChecks } from '../../src/checks/run.js';
import type { Plan } from '../../src/plan/plan.js';
import { loadSelection } from '../../src/selection/load.js';
import { resolveSelections } from '../../src/selection/resolve.js';
import type { Lock, ResolvedSelection } from '../../src/selection/resolved.js';
import { planOpenPrivate } from '../../templates/open-private/plan.js';
import { templates } from '../../templates/registry.js';

/** A selection that passes every plan check once it is locked; tests change one thing. */
const GOOD = `
version: 1
name: chat
scheme: open-private
model: qwen3-8b
profile: medium
engine: { gpuMemoryUtilization: 0.9 }
organization: { country: US, aiEngineers: 3, opsEngineers: 2 }
data: { classification: internal, personalInformation: false }
usage: { audience: internal, callsPerMonth: 100000, inputTokens: 1000, outputTokens: 200 }
environments:
  production:
    sizing: { replicas: { min: 1, max: 2 } }
    cluster:
      kubernetes: "1.36"
      accelerator: a100-80-sxm
      gpusPerNode: 8
      nodes: 2
      nodeMemoryGib: 900
      storageClass: { shared: cephfs, readGibPerSecond: 1 }
      capabilities: [keda, prometheus-operator, external-secrets, gateway-api, cert-manager, network-policy]
      prometheus: { address: "http://prometheus.monitoring:9090" }
      gateway: { className: envoy, namespace: envoy-gateway-system }
`;

export const LOCK: Lock = {
  images: { 'vllm/vllm-openai:v0.32.0': `sha256:${'a'.repeat(64)}` },
  models: { 'huggingface:Qwen/Qwen3-8B': 'b'.repeat(40), 'modelscope:Qwen/Qwen3-8B': 'c'.repeat(40) },
};

/** What to change: dotted keys of the selection, `env.` for its one environment. `undefined` takes a key out. */
export type Change = Readonly<Record<string, unknown>>;

export function resolveChanged(change: Change = {}, lock: Lock = LOCK): ResolvedSelection {
  const data = parse(GOOD);
  for (const [key, value] of Object.entries(change)) {
    const path = key.replace(/^env\./, 'environments.production.').split('.');
    let node = data;
    for (const part of path.slice(0, -1)) node = node[part] ??= {};
    const last = path.at(-1) ?? '';
    if (value === undefined) delete node[last];
    else node[last] = value;
  }
  const root = mkdtempSync(join(tmpdir(), 'berth-test-'));
  try {
    writeFileSync(join(root, 'cdk8s.yaml'), 'language: typescript\n');
    mkdirSync(join(root, 'selections'));
    const file = join(root, 'selections', 'chat.yaml');
    writeFileSync(file, stringify(data));
    const [resolved] = resolveSelections([loadSelection(file, root, templates)], {
      catalog: openCatalog(root),
      lock,
      root,
      schemes: templates,
    });
    if (resolved === undefined) throw new Error('one environment was expected');
    return resolved;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export interface Planned {
  readonly plan: Plan;
  readonly resolved: ResolvedSelection;
  readonly findings: readonly Finding[];
}

/** Plans a changed selection and runs every plan check on it. */
export function planChanged(change: Change = {}, lock: Lock = LOCK): Planned {
  const resolved = resolveChanged(change, lock);
  const plan = planOpenPrivate(resolved);
  return { plan, resolved, findings: runChecks(planChecks, { plan, resolved }) };
}
