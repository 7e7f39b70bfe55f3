/** A series that Prometheus computes ahead. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  /** Added to the labels of the expression. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A condition that somebody must look at. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. */
  readonly for: string;
  readonly labels: Readonly<Record<string, string>> & { readonly severity: 'critical' | 'warning' };
  readonly annotations: {
    /** One line, always the same. */
    readonly summary: string;
    /** What is the case; uses only labels that survive the expression's aggregation. */
    readonly description: string;
    /** Page in this repository that says what to do. */
    readonly runbook: string;
  };
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly (RecordingRule | AlertingRule)[];
}

/** Everything that the rules of one server depend on. */
export interface RuleInput {
  readonly engineVersion: string;
  readonly namespace: string;
  /** First of the served names. */
  readonly modelName: string;
  /** Value of the label `job` that the server's PodMonitor gives: `<namespace>/<name>`. */
  readonly job: string;
  readonly deployment: string;
  readonly container: string;
  /** Requests waiting for room, per replica, that call for another replica. */
  readonly waitingPerReplica: number;
  /** Requests that one engine runs at once: `maxNumSeqs`. */
  readonly maxNumSeqs: number;
  /** Service levels, seconds; null where none was asked for. */
  readonly ttftSeconds: number | null;
  readonly interTokenSeconds: number | null;
  /** Share of requests that must be answered, below 1; null where none was asked for. */
  readonly availability: number | null;
}

/** Where the page of an alert lies. */
export function runbook(alert: string): string {
  return `docs/runbooks/${alert}.md`;
}

/** An alert whose page lies where `runbook` says. `labels` come beside the severity. */
export function alert(
  name: string,
  severity: AlertingRule['labels']['severity'],
  holds: string,
  expr: string,
  texts: { summary: string; description: string; labels?: Record<string, string> },
): AlertingRule {
  const { summary, description, labels } = texts;
  return {
    alert: name,
    expr,
    for: holds,
    labels: { severity, ...labels },
    annotations: { summary, description, runbook: runbook(name) },
  };
}
