import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestChecks } from '../../src/checks/manifest/all.js';
import { planChecks } from '../../src/checks/plan/all.js';
import type { KubernetesObject } from '../../src/inspect/types.js';
import type { Plan } from '../../src/plan/plan.js';
import { synthesize } from '../../src/synth/synthesize.js';
import { templates } from '../../templates/registry.js';

/** Keys of the test's clients. Selections hold their hashes only. */
export const KEYS = {
  web: 'test-key-of-the-web-client-0001',
  batch: 'test-key-of-the-batch-client-0002',
};

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Two providers with failover, one alone, and one with a header of its own. */
export const SELECTION = `
version: 1
name: gate
scheme: closed-cloud
data: { classification: public, personalInformation: false }
providers:
  ernie: { profile: baidu-qianfan, key: { secretRef: { name: keys, key: ernie } } }
  qwen: { profile: alibaba-model-studio, key: { secretRef: { name: keys, key: qwen } } }
  azure: { profile: azure-openai, parameters: { resource: acme }, key: { secretRef: { name: keys, key: azure } } }
routes:
  chat: { targets: [{ provider: ernie, model: ernie-5.1 }, { provider: qwen, model: qwen3.7-plus }] }
  solo: { targets: [{ provider: azure, model: my-deployment }], paths: [/v1/chat/completions, /v1/embeddings] }
clients:
  web: { keySha256: [${sha256(KEYS.web)}], routes: [chat] }
  batch: { keySha256: [${sha256(KEYS.batch)}], requestsPerMinute: 5 }
gateway: { maxBodyMib: 2, accessLogRetentionDays: 30 }
environments:
  production:
    cluster: { capabilities: [network-policy, prometheus-operator] }
`;

export interface Emitted {
  readonly plan: Plan;
  readonly objects: readonly KubernetesObject[];
}

/** What `berth synth` makes of a selection. @throws where it makes nothing */
export function emitted(selection: string): Emitted {
  const root = mkdtempSync(join(tmpdir(), 'berth-gateway-'));
  try {
    writeFileSync(join(root, 'cdk8s.yaml'), '');
    const file = join(root, 'selection.yaml');
    writeFileSync(file, selection);
    const checks = { plan: planChecks, manifest: manifestChecks };
    const { environments, error } = synthesize({
      root,
      files: [file],
      asOf: '2026-11-25',
      templates,
      checks,
    });
    if (error) throw error;
    const [first] = environments;
    if (first === undefined) throw new Error('no environment');
    return { plan: first.plan, objects: first.objects };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Files of a ConfigMap. */
export function filesOf({ objects }: Emitted, name: string, namespace?: string): Record<string, string> {
  const found = objects.find(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' &&
      metadata.name === name &&
      (namespace ?? metadata.namespace) === metadata.namespace,
  );
  if (found === undefined) throw new Error(`no ConfigMap ${name}`);
  return found.data as Record<string, string>;
}
