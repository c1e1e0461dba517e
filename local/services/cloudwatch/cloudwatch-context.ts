import type { AwsCall } from "../../wire/aws-call.ts";
import type { AlarmStore } from "./alarm-store.ts";
import type { MetricStore } from "./metric-store.ts";

/** What the operations of CloudWatch share. */
export interface CloudwatchContext {
  readonly alarms: AlarmStore;
  metricsOf(region: string): MetricStore;
}

export type CloudwatchOperation = (input: unknown, call: AwsCall) => object | undefined;
