import { describe, expect, test } from 'vitest';
import { resolvingProject, setting } from './resolving.js';

const { one, write } = resolvingProject();
const base = 'model: qwen3-32b\nprofile: team\n';

describe('engine default < catalogue < sizing profile < selection < environment', () => {
  test.each<[string, string, string, string | undefined]>([
    ['engine.gpuMemoryUtilization', '', '', '0.92 engine default (vLLM 0.32.0)'],
    ['engine.gpuMemoryUtilization', 'engine: { gpuMemoryUtilization: 0.8 }', '', '0.8 selection'],
    [
      'engine.gpuMemoryUtilization',
      'engine: { gpuMemoryUtilization: 0.8 }',
      'engine: { gpuMemoryUtilization: null }',
      '0.92 engine default (vLLM 0.32.0)',
    ],
    ['engine.version', '', '', '"0.32.0" berth default'],
    ['engine.version', 'engine: { version: 0.31.0 }', '', '"0.31.0" selection'],
    ['engine.reasoningParser', '', '', '"qwen3" catalogue (qwen3-32b)'],
    ['engine.reasoningParser', 'engine: { reasoningParser: x }', '', '"x" selection'],
    ['engine.reasoningParser', '', 'engine: { reasoningParser: null }', undefined],
    ['engine.toolCallParser', '', '', undefined],
    ['engine.toolCallParser', 'engine: { toolCalling: true }', '', '"hermes" catalogue (qwen3-32b)'],
    ['sizing.concurrency', '', '', '16 sizing profile (team)'],
    ['sizing.concurrency', 'sizing: { concurrency: 8 }', '', '8 selection'],
    ['sizing.concurrency', 'sizing: { concurrency: 8 }', 'sizing: { concurrency: 4 }', '4 environment'],
    ['sizing.replicas.min', 'sizing: { replicas: { max: 9 } }', '', '1 sizing profile (team)'],
    ['sizing.replicas.max', 'sizing: { replicas: { max: 9 } }', '', '9 selection'],
    ['sizing.context', '', 'sizing: { context: null }', '32768 catalogue (suggested for qwen3-32b)'],
    ['sizing.serviceLevels.ttftMs', '', 'sizing: { serviceLevels: { ttftMs: null } }', undefined],
    [
      'sizing.serviceLevels.availability',
      '',
      'sizing: { serviceLevels: { ttftMs: null } }',
      '0.99 sizing profile (team)',
    ],
    ['sizing.serviceLevels.availability', 'sizing: { serviceLevels: }', '', undefined],
    ['profile', '', '', '"team" selection'],
    ['profile', '', 'profile: large', '"large" environment'],
    ['expose.host', 'expose: { host: a }', 'expose: { host: b }', '"b" environment'],
    ['expose.host', 'expose: { host: a }', 'expose: null', undefined],
    ['expose.mode', 'expose: { mode: public }', 'expose: null', '"none" berth default'],
    ['expose.timeoutSeconds', 'expose: { mode: internal }', '', '3600 berth default'],
    ['expose.timeoutSeconds', '', '', undefined],
    ['strict', '', '', 'false berth default'],
    ['strict', 'strict: true', 'strict: false', 'false environment'],
    ['cluster.kubernetes', '', '', '"1.36" berth default'],
    ['cluster.capabilities', '', '', '[] berth default'],
    [
      'cluster.capabilities',
      'cluster: { capabilities: [keda] }',
      'cluster: { capabilities: [lws] }',
      '["lws"] environment',
    ],
    ['namespace', '', '', '"chat-production" berth default'],
    ['namespace', '', 'namespace: llm', '"llm" environment'],
    ['precision', '', '', '"bf16" catalogue (first of qwen3-32b)'],
    ['precision', 'precision: awq', 'precision: fp8', '"fp8" environment'],
    ['precision', 'precision: awq', 'precision: null', '"bf16" catalogue (first of qwen3-32b)'],
  ])('%s with %j and then %j', (key, selected, environment, expected) => {
    const lines = `${base}${selected}\nenvironments:\n  production: { ${environment} }\n`;
    expect(setting(one(lines), key)).toBe(expected);
  });
});

test('what the settings say is what is resolved', () => {
  const resolved = one(
    `${base}engine: { enforceEager: true }\nenvironments: { b: { sizing: { replicas: { max: 5 } } } }\n`,
  );
  expect(resolved.serving?.sizing).toEqual({
    id: 'team',
    accelerator: 'a100-80-sxm',
    gpusPerReplica: 2,
    replicas: { min: 1, max: 5 },
    context: 16384,
    concurrency: 16,
    serviceLevels: { ttftMs: 2000, availability: 0.99 },
    storage: { headroom: 0.4 },
  });
  // The engine's own defaults are said, not passed: its version may compute them.
  expect(resolved.serving?.engineSettings).toEqual({
    version: '0.32.0',
    enforceEager: true,
    reasoningParser: 'qwen3',
  });
  expect(resolved.cluster).toEqual({ kubernetes: '1.36', capabilities: [] });
});

test('a key is set once in the settings', () => {
  const { settings } = one(`${base}cluster: { accelerator: h200 }\nengine: { kvCacheDtype: fp8 }\n`);
  const keys = settings.map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
});

describe('clusters', () => {
  write('clusters/dc1.yaml', 'kubernetes: "1.35"\nnodes: 4\ncapabilities: [keda]\n');
  write('clusters/dc2.yaml', 'nodes: 9\n');

  test.each<[string, string, string, string | undefined]>([
    ['cluster.nodes', 'cluster: dc1', '', '4 selection (clusters/dc1.yaml)'],
    ['cluster.nodes', 'cluster: dc1', 'cluster: { nodes: 5 }', '5 environment'],
    ['cluster.kubernetes', 'cluster: dc1', 'cluster: { nodes: 5 }', '"1.35" selection (clusters/dc1.yaml)'],
    ['cluster.nodes', 'cluster: dc1', 'cluster: dc2', '9 environment (clusters/dc2.yaml)'],
    ['cluster.kubernetes', 'cluster: dc1', 'cluster: dc2', '"1.36" berth default'],
    ['cluster.gitops', 'cluster: { gitops: flux }', 'cluster: dc2', undefined],
    ['cluster.nodes', 'cluster: dc1', 'cluster: null', undefined],
  ])('%s with %j and then %j', (key, selected, environment, expected) => {
    const lines = `${base}${selected}\nenvironments:\n  production: { ${environment} }\n`;
    expect(setting(one(lines), key)).toBe(expected);
  });
});
