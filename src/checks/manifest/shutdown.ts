import semver from 'semver';
import { flagNumber } from '../../inspect/engine.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** From the last token to the end of the process, as measured on vLLM 0.32.0 (11 s) with room. */
const TEARDOWN_SECONDS = 15;
/** Endpoints and proxies need a moment to notice that a pod ends. */
const SHORTEST_PRE_STOP_SECONDS = 5;

export const shutdownChecks: readonly ManifestCheck[] = [
  {
    id: 'shutdown/drain',
    title: 'answers under way are finished before the engine ends',
    why: 'Without --shutdown-timeout SIGTERM kills the engine at once and open streams hang or break.',
    source: 'vLLM PR 36666 (0.18), vllm#24885; seen on vLLM 0.32.0 and 0.33.0',
    inputs: ['servers'],
    traps: [11],
    run: ({ servers }) =>
      servers
        .filter(
          ({ engine }) =>
            !engine.headless && engine.version !== undefined && semver.gte(engine.version, '0.18.0'),
        )
        .filter(({ engine }) => !(Number(flagNumber(engine.parsed, '--shutdown-timeout')) > 0))
        .map(({ subject }) =>
          warning(
            subject,
            'SIGTERM breaks off every answer under way',
            'set --shutdown-timeout to the longest answer, in seconds',
          ),
        ),
  },
  {
    id: 'shutdown/pre-stop',
    title: 'the pod leaves the Service before the engine drains',
    why: 'While draining /health stays 200 and new requests get 500: whoever still routes to the pod sees errors.',
    source: 'seen on vLLM 0.32.0 and 0.33.0',
    inputs: ['servers'],
    traps: [11],
    run: ({ servers }) =>
      servers
        .filter(
          ({ engine, container }) =>
            !engine.headless && (container.preStopSeconds ?? 0) < SHORTEST_PRE_STOP_SECONDS,
        )
        .map(({ subject, container }) =>
          warning(
            subject,
            container.preStopSeconds === undefined
              ? 'there is no preStop hook: requests still arrive while the engine drains, and get 500'
              : `preStop sleeps ${container.preStopSeconds} s, less than endpoints need to notice`,
            'add lifecycle.preStop.sleep.seconds: 15',
          ),
        ),
  },
  {
    id: 'shutdown/grace-period',
    title: 'the grace period outlives draining',
    why: 'The kubelet kills the pod at the end of terminationGracePeriodSeconds, which starts before preStop; teardown takes some 11 s after the last token.',
    source: 'Kubernetes docs, pod lifecycle; seen on vLLM 0.32.0',
    inputs: ['servers'],
    traps: [11],
    run: ({ servers }) =>
      servers.flatMap(({ subject, workload, container, engine }) => {
        const drain = flagNumber(engine.parsed, '--shutdown-timeout') ?? 0;
        const needed = (container.preStopSeconds ?? 0) + drain + TEARDOWN_SECONDS;
        const grace = workload.pod.terminationGraceSeconds;
        if (drain === 0 || grace > needed) return [];
        return [
          error(
            subject,
            `terminationGracePeriodSeconds ${grace} is not above preStop ${container.preStopSeconds ?? 0} s + --shutdown-timeout ${drain} s + ${TEARDOWN_SECONDS} s of teardown`,
            `set terminationGracePeriodSeconds to ${needed + 15}`,
          ),
        ];
      }),
  },
];
