import type { Lock } from '../../../src/selection/resolved.js';
import type { Change } from '../../project/resolve.js';

/** One change of the good selection, and the one finding of the check that it brings. */
export interface Case {
  readonly check: string;
  readonly severity: string;
  readonly change: Change;
  /** What the message must hold: the value found. */
  readonly says: string;
  readonly lock?: Lock;
}

const german = { 'organization.country': 'DE', 'organization.monthlyActiveUsers': 5000 };
const inline = (licence: string) => ({
  id: 'exaone',
  name: 'EXAONE',
  family: 'exaone',
  released: null,
  licence,
  architecture: {
    class: 'Exaone4ForCausalLM',
    layers: 32,
    hiddenSize: 4096,
    attentionHeads: 32,
    kvHeads: 8,
    headDim: 128,
    intermediateSize: 14336,
    vocabSize: 102400,
    tiedEmbeddings: false,
  },
  parameters: { total: 7_800_000_000, totalSource: 'sample', active: null },
  checkpoints: [
    { precision: 'bf16', huggingFace: 'a/b', publisher: 'vendor', gated: false, source: 'sample' },
  ],
  context: { max: 32768, suggested: 8192 },
  chinese: null,
  checked: '2026-11-25',
  sources: {},
});

/** Licences. */
export const gateCases: readonly Case[] = [
  {
    check: 'licence/territory',
    severity: 'error',
    change: { model: 'llama-4-scout', precision: 'w4a16', ...german },
    says: 'organization.country: DE; llama4 (Llama-4-Scout-17B-16E-Instruct): use policy',
  },
  {
    check: 'licence/territory',
    severity: 'question',
    change: { model: 'llama-4-scout', 'organization.country': undefined },
    says: 'organization.country is not set',
  },
  {
    check: 'licence/monthly-users',
    severity: 'error',
    change: { model: 'deepseek-r1-distill-llama-8b', 'organization.monthlyActiveUsers': 800_000_000 },
    says: 'llama3.1 (of Llama-3.1-8B-Instruct, which DeepSeek-R1-Distill-Llama-8B comes from)',
  },
  {
    check: 'licence/monthly-users',
    severity: 'question',
    change: { model: 'qwen2.5-72b', precision: 'awq', 'organization.monthlyActiveUsers': undefined },
    says: 'organization.monthlyActiveUsers is not set',
  },
  {
    check: 'licence/commercial-use',
    severity: 'error',
    change: { model: 'mistral-large-2407', 'env.sizing.gpusPerReplica': 8 },
    says: 'research purposes only',
  },
  {
    check: 'licence/revenue',
    severity: 'error',
    change: {
      'weights.licence': 'kimi-k3',
      usage: { audience: 'public-other', callsPerMonth: 1, product: 'model-service' },
      'organization.annualRevenueUsd': 30_000_000,
    },
    says: 'US$20 million',
  },
  {
    check: 'licence/product',
    severity: 'error',
    change: {
      'weights.licence': 'qwen-community-1.0',
      usage: { audience: 'public-other', product: 'work-assistant' },
    },
    says: 'usage.product: work-assistant',
  },
  {
    check: 'licence/outputs',
    severity: 'error',
    change: {
      model: 'qwen-72b',
      precision: 'gptq',
      'usage.trainsModels': true,
      'organization.monthlyActiveUsers': 10,
    },
    says: 'improve any other large language model',
  },
  {
    check: 'licence/unknown',
    severity: 'error',
    change: { model: inline('other') },
    says: "no licence 'other' is known",
  },
  {
    check: 'licence/unknown',
    severity: 'question',
    change: { model: inline('unknown') },
    says: 'weights.licence is not set',
  },
  // Gaming cards.
  {
    check: 'accelerator/datacentre',
    severity: 'question',
    change: { 'env.cluster.accelerator': 'rtx-4090' },
    says: 'GeForce driver EULA 2.1.3',
  },
  {
    check: 'accelerator/datacentre',
    severity: 'error',
    change: { 'env.cluster.accelerator': 'rtx-4090', 'env.cluster.site': 'data-centre' },
    says: 'here: data-centre',
  },
  {
    check: 'accelerator/datacentre',
    severity: 'error',
    change: { 'env.cluster.accelerator': 'rtx-4090', 'env.cluster.kind': 'eks' },
    says: 'here: data-centre',
  },
  {
    check: 'accelerator/datacentre',
    severity: 'warning',
    change: { 'env.cluster.accelerator': 'rtx-4090', 'env.cluster.site': 'server-room' },
    says: 'here: server-room',
  },
  // Where data may go; tests/compliance/ has the rules one by one.
  {
    check: 'data/private-only',
    severity: 'error',
    change: {
      'data.classification': 'sensitive',
      'env.cluster.kind': 'eks',
      'env.cluster.region': 'us-east-1',
    },
    says: 'sensitive data would go to eks, a public cloud',
  },
  {
    check: 'data/residency',
    severity: 'error',
    change: { 'data.residency': 'EU', 'env.cluster.kind': 'eks', 'env.cluster.region': 'us-east-1' },
    says: 'data.residency is EU, and it processes in US',
  },
  {
    check: 'data/residency',
    severity: 'question',
    change: { 'data.residency': 'EU', 'env.cluster.kind': 'gke' },
    says: 'no region in EU is named',
  },
  {
    check: 'data/cross-border',
    severity: 'error',
    change: {
      'organization.country': 'CN',
      'data.personalInformation': true,
      'env.cluster.kind': 'eks',
      'env.cluster.region': 'ap-southeast-1',
    },
    says: 'personal information would leave China for eks, SG',
  },
  {
    check: 'data/class',
    severity: 'question',
    change: {
      'data.classification': undefined,
      'env.cluster.kind': 'eks',
      'env.cluster.region': 'us-east-1',
    },
    says: 'data.classification does not say what they carry',
  },
  {
    check: 'data/public-service',
    severity: 'warning',
    change: { 'usage.audience': 'public-cn' },
    says: 'duties that no manifest fulfils',
  },
  {
    check: 'data/public-service',
    severity: 'question',
    change: { 'organization.country': 'CN', 'usage.audience': undefined },
    says: 'is not said',
  },
  // Pitfalls.
  {
    check: 'pitfall/no-team',
    severity: 'error',
    change: { 'organization.aiEngineers': 0 },
    says: 'nobody can run an open model',
  },
  {
    check: 'pitfall/no-team',
    severity: 'question',
    change: { 'organization.aiEngineers': undefined },
    says: 'organization.aiEngineers is not set',
  },
  {
    check: 'pitfall/private-is-not-safe',
    severity: 'error',
    change: {
      'data.classification': 'sensitive',
      'env.cluster.storageClass.encrypted': true,
      expose: {
        mode: 'internal',
        host: 'a.example',
        clientKeys: { secretRef: { name: 'clients', key: 'key' } },
      },
    },
    says: 'sensitive data, and no TLS',
  },
  {
    check: 'pitfall/private-is-not-safe',
    severity: 'error',
    change: { 'data.classification': 'core', 'env.cluster.storageClass.encrypted': false },
    says: 'unencrypted volumes',
  },
  {
    check: 'pitfall/private-is-not-safe',
    severity: 'question',
    change: { 'data.classification': 'sensitive' },
    says: 'whether the volumes of this cluster are encrypted',
  },
  {
    check: 'pitfall/big-model',
    severity: 'warning',
    change: { model: 'qwen3-32b', 'usage.need': 'generic' },
    says: '33 billion parameters',
  },
  {
    check: 'pitfall/upfront-cost-only',
    severity: 'warning',
    change: { budget: { currency: 'CNY', upfront: 800_000 } },
    says: 'budget.monthly is not set',
  },
  {
    check: 'pitfall/upfront-cost-only',
    severity: 'question',
    change: { 'usage.callsPerMonth': undefined },
    says: 'not set: usage.callsPerMonth',
  },
];
