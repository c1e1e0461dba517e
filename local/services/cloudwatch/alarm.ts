import type { Metric } from "./metric.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export type TreatMissingData = "breaching" | "notBreaching" | "ignore" | "missing";

/** What an alarm watches, as PutMetricAlarm sets it. */
export interface AlarmConfiguration {
  readonly description: string | undefined;
  readonly actionsEnabled: boolean;
  /** ARNs of topics, by the state that is entered. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
  readonly metric: Metric;
  /** `Sum`, or a percentile such as `p99`. */
  readonly statistic: string;
  readonly unit: string | undefined;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number | undefined;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  readonly treatMissingData: TreatMissingData | undefined;
  readonly evaluateLowSampleCountPercentile: "evaluate" | "ignore" | undefined;
}

export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly tags: Map<string, string>;
  configuration: AlarmConfiguration;
  configuredAt: Date;
  state: AlarmState;
  reason: string;
  reasonData: string | undefined;
  stateUpdatedAt: Date;
  /** When the state was last another one. */
  transitionedAt: Date;
}

export type ComparisonOperator = keyof typeof comparisons;

/** Comparisons with one threshold. Source: CloudWatch API, PutMetricAlarm. */
export const comparisons = {
  GreaterThanOrEqualToThreshold: {
    breaches: (value: number, threshold: number) => value >= threshold,
    words: "greater than or equal to",
  },
  GreaterThanThreshold: {
    breaches: (value: number, threshold: number) => value > threshold,
    words: "greater than",
  },
  LessThanThreshold: {
    breaches: (value: number, threshold: number) => value < threshold,
    words: "less than",
  },
  LessThanOrEqualToThreshold: {
    breaches: (value: number, threshold: number) => value <= threshold,
    words: "less than or equal to",
  },
} as const;
