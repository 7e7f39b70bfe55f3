import { describe, expect, it } from 'vitest';
import { planChecks } from '../../../src/checks/plan/all.js';
import { pitfallVendorSupport } from '../../../src/checks/plan/pitfalls.js';
import type { Lock } from '../../../src/selection/resolved.js';
import { pairs } from '../../cluster-kinds/pairs.js';
import { LOCK, planChanged } from '../../project/resolve.js';
import { type Case, gateCases } from './gate-cases.js';

const noLock: Lock = { images: {}, models: {} };
const secretRef = { secretRef: { name: 'clients', key: 'key' } };

// One firing case for each check; the good selection is the silent one of all.
const cases: readonly Case[] = [
  ...gateCases,
  {
    check: 'fit/precision',
    severity: 'error',
    change: { precision: 'bf16', 'env.cluster.accelerator': 't4' },
    says: 'bf16',
  },
  { check: 'fit/kv-cache-dtype', severity: 'error', change: { 'engine.kvCacheDtype': 'fp8' }, says: '8.9' },
  {
    check: 'fit/parallel',
    severity: 'error',
    change: { 'env.sizing.gpusPerReplica': 3, 'engine.tensorParallelSize': 3 },
    says: '3',
  },
  {
    check: 'fit/weights',
    severity: 'error',
    change: { model: 'llama-4-scout', precision: 'bf16' },
    says: 'GiB',
  },
  {
    check: 'fit/kv-cache',
    severity: 'error',
    change: { model: 'qwen-72b', precision: 'gptq', 'env.sizing.context': 32768, 'engine.version': '0.23.0' },
    says: '32768',
  },
  {
    check: 'fit/cuda-graphs',
    severity: 'error',
    change: { 'engine.gpuMemoryUtilization': 1 },
    says: 'beside the budget',
  },
  {
    check: 'fit/barely',
    severity: 'warning',
    change: {
      model: 'qwen3-4b',
      'env.cluster.accelerator': 'l4',
      'engine.gpuMemoryUtilization': 0.92,
      'env.sizing.concurrency': 4,
    },
    says: 'barely',
  },
  {
    check: 'fit/concurrency',
    severity: 'warning',
    change: { model: 'qwen-72b', precision: 'gptq', 'engine.version': '0.23.0', 'env.sizing.context': 4096 },
    says: '16 are planned',
  },
  { check: 'fit/host-memory', severity: 'error', change: { 'env.cluster.nodeMemoryGib': 8 }, says: '8 GiB' },
  {
    check: 'capacity/replicas',
    severity: 'info',
    change: { 'usage.callsPerMonth': 30_000_000 },
    says: '30,000,000 calls a month',
  },
  {
    check: 'capacity/node',
    severity: 'error',
    change: { 'env.cluster.gpusPerNode': 1, 'env.sizing.gpusPerReplica': 2 },
    says: 'a node has 1',
  },
  {
    check: 'capacity/cluster',
    severity: 'error',
    change: { 'env.sizing.replicas': { min: 1, max: 40 } },
    says: 'hold 16',
  },
  {
    check: 'capacity/cluster',
    severity: 'question',
    change: { 'env.cluster.nodes': undefined },
    says: 'cluster.nodes',
  },
  {
    check: 'scaling/admission-cap',
    severity: 'error',
    change: { 'engine.maxNumQueuedReqs': 16 },
    says: '16',
  },
  {
    check: 'scaling/prometheus-address',
    severity: 'question',
    change: { 'env.cluster.prometheus': undefined },
    says: 'cluster.prometheus.address',
  },
  {
    check: 'engine/architecture',
    severity: 'error',
    change: { model: 'qwen-72b', precision: 'gptq', 'env.sizing.context': 2048 },
    says: 'QWenLMHeadModel',
  },
  { check: 'engine/nearest-table', severity: 'info', change: { 'engine.version': '0.19.0' }, says: '0.19.1' },
  {
    check: 'engine/tool-call-parser',
    severity: 'error',
    change: { 'engine.toolCalling': true, 'engine.toolCallParser': 'nope' },
    says: 'nope',
  },
  {
    check: 'engine/lora-rank',
    severity: 'error',
    change: { 'engine.loraAdapters': [{ name: 'a', path: '/models/a', rank: 600 }] },
    says: '600',
  },
  {
    check: 'engine/kv-cache-dtype',
    severity: 'error',
    change: { 'engine.kvCacheDtype': 'fp7' },
    says: 'fp7',
  },
  {
    check: 'accelerator/image',
    severity: 'error',
    change: { 'env.cluster.accelerator': 'gaudi3', 'engine.gpuMemoryUtilization': undefined },
    says: 'gaudi3',
  },
  {
    check: 'weights/source',
    severity: 'error',
    change: { 'weights.source': 'mirror' },
    says: 'weights.endpoint',
  },
  { check: 'weights/token', severity: 'error', change: { model: 'llama-3.1-8b' }, says: 'gated' },
  {
    check: 'weights/mirror-bodies',
    severity: 'warning',
    change: { 'weights.endpoint': 'https://mirror.example.cn' },
    says: 'mirror.example.cn',
  },
  {
    check: 'storage/node-bound',
    severity: 'error',
    change: { 'env.cluster.storageClass': { nodeBound: 'local-path' } },
    says: '2 replicas',
  },
  {
    check: 'storage/read-speed',
    severity: 'question',
    change: {
      model: 'qwen2.5-72b',
      precision: 'bf16',
      'env.sizing.gpusPerReplica': 4,
      'env.cluster.storageClass': { shared: 'cephfs' },
    },
    says: '0.5 GiB/s',
  },
  {
    check: 'expose/incomplete',
    severity: 'error',
    change: { 'expose.mode': 'internal' },
    says: 'expose.host',
  },
  {
    check: 'expose/tls',
    severity: 'error',
    change: { expose: { mode: 'public', host: 'a.example', clientKeys: secretRef } },
    says: 'without TLS',
  },
  {
    check: 'expose/tls',
    severity: 'warning',
    change: { expose: { mode: 'internal', host: 'a.example', clientKeys: secretRef } },
    says: 'without TLS',
  },
  {
    check: 'expose/authentication',
    severity: 'error',
    change: { expose: { mode: 'public', host: 'a.example', tls: { issuer: 'ca' } } },
    says: 'without client keys',
  },
  {
    check: 'expose/entry-namespace',
    severity: 'error',
    change: {
      expose: { mode: 'internal', host: 'a.example', tls: { issuer: 'ca' }, clientKeys: secretRef },
      'env.cluster.gateway': { className: 'envoy' },
    },
    says: 'cluster.gateway.namespace',
  },
  {
    check: 'security/network-policy',
    severity: 'question',
    change: { 'env.cluster.capabilities': [] },
    says: 'NetworkPolicies',
  },
  {
    check: 'image/digest-unknown',
    severity: 'warning',
    change: {},
    lock: noLock,
    says: 'vllm/vllm-openai:v0.32.0',
  },
  {
    check: 'image/digest-unknown',
    severity: 'error',
    change: { requireLocked: true },
    lock: noLock,
    says: 'digest',
  },
  { check: 'model/revision-unknown', severity: 'warning', change: {}, lock: noLock, says: 'Qwen/Qwen3-8B' },
  {
    check: 'model/revision-unknown',
    severity: 'error',
    change: { requireLocked: true },
    lock: noLock,
    says: 'revision',
  },
];

/** Refused while the selection is read, or true of no catalogue entry: the reason why no case can fire here. */
const IN_TEMPLATES = 'needs a gateway: tests/templates/gateway-mistakes.test.ts';
const elsewhere: Readonly<Record<string, string>> = {
  'provider/retired-model': IN_TEMPLATES,
  'provider/retired-host': IN_TEMPLATES,
  'provider/unknown-model': IN_TEMPLATES,
  'provider/key': IN_TEMPLATES,
  'provider/endpoint-not-verified': IN_TEMPLATES,
  'gateway/clients': IN_TEMPLATES,
  'gateway/egress': IN_TEMPLATES,
  'gateway/lock-in': IN_TEMPLATES,
  'gateway/access-log-retention': IN_TEMPLATES,
  'gateway/version': IN_TEMPLATES,
  'gateway/translator': 'needs a translator: tests/templates/translator.test.ts',
  'gateway/translator-config': 'needs a translator: tests/templates/translator.test.ts',
  'scaling/range':
    'a selection whose min is above max is refused with its line; the check guards plans made by hand',
  'data/fallback': 'needs a gateway with several targets: tests/compliance/',
  'data/domestic-provider': 'needs a provider: tests/compliance/',
  'pitfall/vendor-support': 'needs another scheme: below',
  'licensed/shared-storage': 'needs a licensed container: tests/templates/closed-private.test.ts',
  'licensed/terms-accepted': 'needs a licensed container: tests/templates/closed-private.test.ts',
  'licensed/egress': 'needs a licensed container: tests/templates/closed-private.test.ts',
  'licensed/probes': 'needs a licensed container: tests/templates/closed-private.test.ts',
  'licensed/nodes': 'needs a licensed container: tests/templates/closed-private.test.ts',
  'licensed/driver': 'needs a licensed container: tests/templates/closed-private.test.ts',
  'licensed/operator': 'needs a licensed container: tests/templates/closed-private.test.ts',
  'image-to-3d/licence': 'needs its own scheme: tests/templates/image-to-3d.test.ts',
  'image-to-3d/exposure': 'needs its own scheme: tests/templates/image-to-3d.test.ts',
  'image-to-3d/memory': 'needs its own scheme: tests/templates/image-to-3d.test.ts',
  'accelerator/resource': 'every catalogue entry with an image has a resource; a project may add one without',
  'accelerator/node-label': 'every catalogue entry with a resource has labels; a project may add one without',
};

describe('plan checks', () => {
  it('find nothing in the good selection', () => {
    expect(planChanged().findings).toEqual([]);
  });

  it.each(cases)(
    '$check is of severity $severity when $change',
    ({ check, severity, change, lock, says }) => {
      const found = planChanged(change, lock ?? LOCK).findings.filter((finding) => finding.check === check);
      expect(found.map((finding) => finding.severity)).toEqual([severity]);
      expect(found[0]?.message).toContain(says);
      expect(severity === 'question' ? found[0]?.key : (found[0]?.remedy.length ?? 0) > 0).toBeTruthy();
    },
  );

  it('offers a context that surely fits, and after it a longer one that fits barely', () => {
    const long = { model: 'qwen-72b', precision: 'gptq', 'engine.version': '0.23.0' };
    const remedyAt = (context: number) =>
      planChanged({ ...long, 'env.sizing.context': context }).findings.flatMap(({ check, remedy }) =>
        check === 'fit/kv-cache' || check === 'fit/barely' ? remedy : [],
      );
    const lines = remedyAt(32768);
    const context = (words: RegExp) => Number(lines.map((line) => words.exec(line)?.[1]).find(Boolean));
    const sure = context(/^sizing\.context: (\d+) fits:/);
    const likely = context(/^sizing\.context: (\d+) fits barely, at the likely overhead:/);
    expect(sure).toBeLessThan(likely);
    expect(remedyAt(sure)).toEqual([]);
    expect(remedyAt(likely).length).toBeGreaterThan(0);
  });

  it('has a firing case, or a reason for none, for every check', () => {
    const covered = new Set([...[...cases, ...pairs].map(({ check }) => check), ...Object.keys(elsewhere)]);
    expect(planChecks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('asks what the vendor promises wherever one is relied on', () => {
    const { plan, resolved } = planChanged();
    const support = (vendor?: object) =>
      pitfallVendorSupport.run({
        plan: { ...plan, scheme: 'closed-cloud' },
        resolved: { ...resolved, ...(vendor && { vendor }) },
      });
    expect(support()[0]?.message).toContain('vendor.responseHours, vendor.uptime, vendor.exitClause');
    expect(support({ responseHours: 4, uptime: 99.9, exitClause: false })[0]?.message).toContain(
      'no way out',
    );
    expect(support({ responseHours: 4, uptime: 99.9, exitClause: true })).toEqual([]);
    expect(pitfallVendorSupport.run({ plan, resolved })).toEqual([]);
  });

  it('has ids of their own', () => {
    const ids = planChecks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
