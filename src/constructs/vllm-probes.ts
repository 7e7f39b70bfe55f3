import type { IContainer } from 'kubernetes-models/v1';

/** How long a server may take to load. */
export interface VllmProbesProps {
  /** Longest time from the start of the process until it is ready, download excluded. */
  readonly startupBudgetSeconds: number;
  readonly startupPeriodSeconds: number;
}

// Not /v1/models: that answers 401 where a client key is set.
const health = { path: '/health', port: 'http', scheme: 'HTTP' } as const;

/**
 * Probes of a vLLM server. The port is closed until the engine is ready, so one start-up budget covers loading, compiling
 * and warming up; afterwards a busy server answers late, which must not count as dead.
 */
export function vllmProbes({ startupBudgetSeconds, startupPeriodSeconds }: VllmProbesProps) {
  return {
    startupProbe: {
      httpGet: { ...health },
      periodSeconds: startupPeriodSeconds,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(startupBudgetSeconds / startupPeriodSeconds),
    },
    // Out of rotation after 10 s.
    readinessProbe: { httpGet: { ...health }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
    // Restarted after 100 s: a restart costs minutes of loading.
    livenessProbe: { httpGet: { ...health }, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 10 },
  } satisfies Partial<IContainer>;
}
