import semver from 'semver';
import { flagNumber } from '../../inspect/engine.js';
import type { Server } from '../../inspect/inspected.js';
import type { Trigger } from '../../inspect/scaler.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

const WAITING = /^vllm:num_requests_waiting(_by_reason)?$/;

function metrics(trigger: Trigger): readonly string[] {
  return trigger.query?.promql.selectors.flatMap(({ metric }) => metric ?? []) ?? [];
}

/** The most that a trigger's value can reach for one replica; undefined where nothing bounds it. */
function reachable(server: Server, trigger: Trigger): number | undefined {
  const cap = flagNumber(server.engine.parsed, '--max-num-queued-reqs');
  const sequences = flagNumber(server.engine.parsed, '--max-num-seqs');
  const names = metrics(trigger);
  const waits = names.some((name) => WAITING.test(name));
  const runs = names.includes('vllm:num_requests_running');
  if (waits && runs) return cap;
  // The cap counts running and waiting together, and a full batch runs before anything waits.
  if (waits) return cap === undefined ? undefined : Math.max(0, cap - (sequences ?? 0));
  if (runs) return Math.min(cap ?? Number.POSITIVE_INFINITY, sequences ?? Number.POSITIVE_INFINITY);
  return undefined;
}

export const admissionChecks: readonly ManifestCheck[] = [
  {
    id: 'engine/admission-cap',
    title: 'the engine refuses what it cannot answer in time',
    why: 'The queue has no end by default: time to first token grows without an error, and clients give up on answers that are still computed.',
    source: 'vllm#18826, vLLM PR 49445 (0.29)',
    inputs: ['servers'],
    traps: [53],
    run: ({ servers }) =>
      servers
        .filter(
          ({ engine }) =>
            engine.version !== undefined && semver.gte(engine.version, '0.29.0') && !engine.headless,
        )
        .filter(
          ({ engine: { parsed } }) =>
            !parsed.flags['--max-num-queued-reqs'] && !parsed.flags['--max-num-queued-tokens'],
        )
        .map(({ subject }) =>
          warning(
            subject,
            'the queue is unbounded: neither --max-num-queued-reqs nor --max-num-queued-tokens is set',
            'set --max-num-queued-reqs, and retry 503 at the gateway',
          ),
        ),
  },
  {
    id: 'engine/admission-above-batch',
    title: 'the engine refuses nothing while it has room',
    why: 'The cap counts running and waiting requests: below --max-num-seqs it refuses requests that would start at once.',
    source: 'admission behaviour of the vLLM 0.32.0 server',
    inputs: ['servers'],
    traps: [54],
    run: ({ servers }) =>
      servers.flatMap(({ subject, engine }) => {
        const cap = flagNumber(engine.parsed, '--max-num-queued-reqs');
        const sequences = flagNumber(engine.parsed, '--max-num-seqs');
        if (cap === undefined || cap >= (sequences ?? 2)) return [];
        return [
          error(
            subject,
            `--max-num-queued-reqs ${cap} refuses requests while ${sequences ?? 'many more'} could run`,
            'raise it above --max-num-seqs',
          ),
        ];
      }),
  },
  {
    id: 'scaling/threshold-reachable',
    title: 'the scaler acts before the engine refuses',
    why: 'Refused requests are in no gauge: a threshold that the queue can never reach means 503 at full load and no second replica.',
    source: 'vLLM PR 49445; admission behaviour of the vLLM 0.32.0 server',
    inputs: ['servers'],
    traps: [54],
    run: ({ servers }) =>
      servers.flatMap((server) =>
        server.scalers.flatMap(({ subject, triggers }) =>
          triggers.flatMap((trigger) => {
            const threshold = Number(trigger.metadata.threshold);
            const most = reachable(server, trigger);
            if (most === undefined || !(threshold >= most)) return [];
            return [
              error(
                subject,
                `the threshold of ${threshold} per replica is never passed: ${
                  most === 0
                    ? 'the engine refuses before a request waits'
                    : `the engine holds at most ${most} such requests`
                }`,
                'lower the threshold, or raise --max-num-queued-reqs above --max-num-seqs plus the threshold',
              ),
            ];
          }),
        ),
      ),
  },
];
