import type { RuleInput } from './rule.js';

/** Everything that the dashboard of one server depends on. */
export interface DashboardInput extends RuleInput {
  readonly title: string;
  /** Resource that its pods ask for, e.g. `nvidia.com/gpu`. */
  readonly acceleratorResource: string;
  readonly isAutoscaled: boolean;
}

/** One line, or one line for each series of its query. */
export interface Line {
  readonly expr: string;
  /** Grafana's legend, e.g. `{{pod}}`. */
  readonly legend: string;
}

/** One chart over time. */
export interface Panel {
  readonly title: string;
  /** What to see in it. */
  readonly description: string;
  /** Grafana's id of the unit, e.g. `s`, `percentunit`, `reqps`. */
  readonly unit: string;
  readonly lines: readonly Line[];
  /**
   * Drawn as a dashed line.
   *
   * @default - none
   */
  readonly limit?: number | null;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** As long as Grafana finds fit for the width of the screen and the interval of the scrapes. */
export const DRAWN = '$__rate_interval';
