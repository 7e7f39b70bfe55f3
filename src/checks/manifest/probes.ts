import { environmentValue } from '../../inspect/container.js';
import type { Server } from '../../inspect/inspected.js';
import { error, type ManifestCheck, warning } from './manifest-check.js';

/** VLLM_ENGINE_READY_TIMEOUT_S where it is not set, seconds. */
const READY_TIMEOUT_SECONDS = 600;

function answering(servers: readonly Server[]): readonly Server[] {
  return servers.filter(({ engine }) => !engine.headless);
}

export const probeChecks: readonly ManifestCheck[] = [
  {
    id: 'probe/startup',
    title: 'loading is guarded by a startup probe, not by guessed delays',
    why: 'Loading takes minutes, and the port is closed until then: a liveness probe alone restarts the pod before it was ever ready.',
    source: 'vLLM docs, deployment on Kubernetes, troubleshooting',
    inputs: ['servers'],
    traps: [7],
    run: ({ servers }) =>
      answering(servers).flatMap(({ subject, container }) => {
        const { startup, liveness, readiness } = container.probes;
        if (!startup)
          return [
            error(
              subject,
              'there is no startup probe: the liveness probe would end the load',
              'add a startupProbe on /health whose periodSeconds × failureThreshold outlives the load',
            ),
          ];
        const guessed = [startup, liveness, readiness].some(
          (probe) => (probe?.initialDelaySeconds ?? 0) > 60,
        );
        return guessed
          ? [
              warning(
                subject,
                'initialDelaySeconds guesses the time to load',
                'leave it out: the startup probe already holds the others back',
              ),
            ]
          : [];
      }),
  },
  {
    id: 'probe/startup-budget',
    title: 'the engine waits for its model as long as the startup probe does',
    why: 'The API server ends itself after VLLM_ENGINE_READY_TIMEOUT_S, 600 s by default, however patient the probe is; and one try must be enough for the load.',
    source: 'envs.py of vLLM 0.32.0',
    inputs: ['servers'],
    traps: [7],
    run: ({ servers }) =>
      answering(servers).flatMap(({ subject, container }) => {
        const budget = container.probes.startup?.budgetSeconds;
        const timeout = Number(
          environmentValue(container, 'VLLM_ENGINE_READY_TIMEOUT_S') ?? READY_TIMEOUT_SECONDS,
        );
        if (budget === undefined || budget <= timeout) return [];
        return [
          error(
            subject,
            `the startup probe allows ${budget} s, the engine gives up after ${timeout} s`,
            `set VLLM_ENGINE_READY_TIMEOUT_S to "${budget}"`,
          ),
        ];
      }),
  },
  {
    id: 'probe/liveness-tolerance',
    title: 'a busy server is not taken for a dead one',
    why: 'Under load /health takes seconds: a timeout of one second restarts a healthy server and throws its requests away.',
    source: 'llm-d-benchmark PR 1734, scaleapi/llm-engine#255, aibrix#2581',
    inputs: ['servers'],
    traps: [8],
    run: ({ servers }) =>
      answering(servers).flatMap(({ subject, container }) => {
        const { liveness, readiness } = container.probes;
        const hasty = liveness && (liveness.timeoutSeconds < 5 || liveness.failureThreshold < 6);
        const flapping = readiness && readiness.timeoutSeconds < 2;
        return [
          ...(hasty
            ? [
                warning(
                  subject,
                  `the liveness probe gives up after ${liveness.failureThreshold} × ${liveness.timeoutSeconds} s: it restarts a busy server`,
                  'set timeoutSeconds to 5 or more and failureThreshold to 6 or more',
                ),
              ]
            : []),
          ...(flapping
            ? [
                warning(
                  subject,
                  'the readiness probe times out after 1 s: a busy server leaves the Service',
                  'set timeoutSeconds to 5',
                ),
              ]
            : []),
        ];
      }),
  },
  {
    id: 'probe/path',
    title: 'probes ask /health, which needs no key',
    why: 'Everything under /v1 answers 401 as soon as an API key is set, and /v1/models is no sign of a working engine.',
    source: 'routes of the vLLM 0.32.0 server; production-stack#150',
    inputs: ['servers'],
    traps: [10],
    run: ({ servers }) =>
      answering(servers).flatMap(({ subject, container }) =>
        Object.entries(container.probes).flatMap(([which, probe]) => {
          if (!probe) return [];
          if (probe.kind === 'tcp')
            return [
              warning(
                subject,
                `the ${which} probe only opens the port, which stays open when the engine is dead`,
                'use httpGet on /health',
              ),
            ];
          if (probe.kind !== 'http' || probe.path === '/health' || probe.path === '/ping') return [];
          return [error(subject, `the ${which} probe asks ${probe.path ?? '/'}`, 'ask /health')];
        }),
      ),
  },
  {
    id: 'probe/port',
    title: 'probes ask a port that the container has',
    why: 'The API server takes any name or number; the kubelet then fails the probe for ever.',
    source: 'tried against kube-apiserver 1.36.3',
    inputs: ['workloads', 'servers'],
    run: ({ workloads, servers }) =>
      workloads.flatMap(({ subject, pod }) =>
        pod.containers.flatMap((container) => {
          const engine = servers.find((server) => server.container === container)?.engine;
          const known = [
            ...container.ports.flatMap(({ name, number }) => [name ?? number, number]),
            ...(engine ? [engine.port] : []),
          ];
          return Object.entries(container.probes).flatMap(([which, probe]) => {
            if (probe?.port === undefined || known.includes(probe.port)) return [];
            // A port need not be declared: only of an engine is it known where it listens.
            if (typeof probe.port === 'number' && !engine) return [];
            return [
              error(
                subject,
                `container ${container.name}: the ${which} probe asks port ${probe.port}, which the container does not have`,
                `use one of: ${[...new Set(known)].join(', ')}`,
              ),
            ];
          });
        }),
      ),
  },
  {
    id: 'probe/headless',
    title: 'workers without an API have no probes that call it',
    why: 'A headless worker opens no port: the probe fails and restarts the whole group.',
    source: 'vLLM docs, multi-node serving',
    inputs: ['servers'],
    traps: [47],
    run: ({ servers }) =>
      servers
        .filter(({ engine }) => engine.headless)
        .filter(({ container }) =>
          Object.values(container.probes).some((probe) => probe && probe.kind !== 'exec'),
        )
        .map(({ subject }) =>
          error(
            subject,
            'a probe calls a port that a --headless worker never opens',
            'remove the probes of the workers; the leader has them',
          ),
        ),
  },
];
