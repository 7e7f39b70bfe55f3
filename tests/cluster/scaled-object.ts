import type { Environment } from './environments.js';
import type { Json, KubeObject } from './kube-object.js';

/** A trigger's query, taken apart. */
export interface Signal {
  readonly metric: string;
  /** Labels that the query wants, those of the scrape target apart. */
  readonly labels: Readonly<Record<string, string>>;
  readonly threshold: number;
}

/** An emitted ScaledObject and what the loop needs to know of it. */
export interface Scaler {
  readonly environment: Environment;
  readonly object: KubeObject;
  readonly signals: readonly Signal[];
  /** model_name of the served model. */
  readonly model: string;
  readonly upWindowSeconds: number;
  readonly downWindowSeconds: number;
}

/** The ScaledObjects with Prometheus triggers, that with the shortest scale-down window first. */
export function findScalers(environments: readonly Environment[]): readonly Scaler[] {
  return environments
    .flatMap((environment) =>
      environment.objects
        .filter(({ kind }) => kind === 'ScaledObject')
        .map((object): Scaler => {
          const signals = (object.spec.triggers as readonly Json[])
            .filter(({ type }) => type === 'prometheus')
            .map(({ metadata }) => readSignal(metadata.query, metadata.threshold));
          const { scaleUp, scaleDown } = object.spec.advanced?.horizontalPodAutoscalerConfig?.behavior ?? {};
          return {
            environment,
            object,
            signals,
            model: signals[0]?.labels.model_name ?? '',
            upWindowSeconds: scaleUp?.stabilizationWindowSeconds ?? 0,
            downWindowSeconds: scaleDown?.stabilizationWindowSeconds ?? 300,
          };
        }),
    )
    .sort((a, b) => a.downWindowSeconds - b.downWindowSeconds);
}

/** @throws where the query is more than one selector inside a sum */
export function readSignal(query: string, threshold: string): Signal {
  const [, metric, matchers] = /^sum\(([a-zA-Z_:][\w:]*)\{([^}]*)\}\)$/.exec(query) ?? [];
  if (!metric || matchers === undefined) throw new Error(`cannot play this query to KEDA: ${query}`);
  const labels = Object.fromEntries(
    [...matchers.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  );
  return { metric, labels: labels as Record<string, string>, threshold: Number(threshold) };
}
