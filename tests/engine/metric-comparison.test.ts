import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readQuery } from '../../src/inspect/query.js';
import { deployedEnvironments, exactTable } from './deployed.js';
import { readExposition } from './exposition.js';
import { isOfEngine, labelDifferences, missingFrom, namesOf } from './metric-comparison.js';

const fixture = join(import.meta.dirname, '../fixtures/engine/metrics-0.32.0.txt.gz');
const samples = readExposition(gunzipSync(readFileSync(fixture)).toString());
const table = exactTable('0.32.0');
const rule = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'rules' } };
const query = (expression: string) => readQuery(rule, 'alert', 'test', expression);

describe('a query against what the engine exports', () => {
  it.each([
    ['sum(vllm:num_requests_waiting_by_reason{namespace="a",model_name="b",reason="capacity"})', []],
    ['rate(vllm:time_to_first_token_seconds_bucket{le="2.5"}[5m])', []],
    ['sum by (namespace, pod) (vllm:num_requests_running)', []],
    ['kube_pod_status_phase{phase="Lost"} > 0', []],
    ['vllm:gpu_cache_usage_perc > 0.9', ['no series is called vllm:gpu_cache_usage_perc']],
    [
      'vllm:num_requests_waiting_by_reason{reason="full"}',
      ['no series of vllm:num_requests_waiting_by_reason has reason="full"'],
    ],
    ['vllm:num_requests_running{deployment="a"}', ['vllm:num_requests_running has no label deployment']],
    ['sum by (reason) (vllm:num_requests_running)', ['vllm:num_requests_running has no label reason']],
    [
      'rate(vllm:time_to_first_token_seconds_bucket{le="2"}[5m])',
      ['no series of vllm:time_to_first_token_seconds_bucket has le="2"'],
    ],
  ])('%s', (expression, missing) => {
    expect(missingFrom(samples, query(expression))).toEqual(missing);
  });

  it('is answered for every query in dist/ of this version', () => {
    const queries = deployedEnvironments()
      .filter(({ inspected }) => inspected.servers.every(({ engine }) => engine.version === '0.32.0'))
      .flatMap(({ inspected }) => inspected.queries)
      .filter(({ promql }) => promql.selectors.some(isOfEngine));
    expect(queries).not.toEqual([]);
    expect(queries.flatMap((each) => missingFrom(samples, each))).toEqual([]);
  });
});

describe('the table of 0.32.0 against a recorded exposition', () => {
  it('names what a default server exports, with its labels', () => {
    const live = new Set(samples.map(({ name }) => name));
    expect(namesOf(table).always.filter((name) => !live.has(name))).toEqual([]);
    expect(labelDifferences(table, samples)).toEqual([]);
  });

  it('is told apart where a label is missing or new', () => {
    const name = 'vllm:num_requests_running';
    const metrics = { [name]: { exported: [name], labels: ['model_name', 'pod'] } };
    expect(labelDifferences({ ...table, metrics }, samples)).toEqual([
      `${name}: engine,model_name instead of model_name,pod`,
    ]);
  });
});
