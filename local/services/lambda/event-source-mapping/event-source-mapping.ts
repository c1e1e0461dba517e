import { describeStreamSettings, type StreamSettings } from "./stream-settings.ts";

/** A queue or a stream that feeds a function. Source: Lambda API, CreateEventSourceMapping. */
export interface EventSourceMapping {
  readonly uuid: string;
  readonly arn: string;
  readonly region: string;
  readonly sourceArn: string;
  readonly tags: Map<string, string>;
  functionArn: string;
  settings: MappingSettings;
  lastModified: Date;
  lastResult: string;
  /**
   * Of a stream: sequence number of the last record that needs no work any more; `undefined` where
   * none does yet. It outlives the poller, which goes on from here.
   */
  position: string | undefined;
}

export interface MappingSettings {
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportBatchItemFailures: boolean;
  /** Most batches of a queue at a time; `undefined` leaves it to the mapping. */
  readonly maximumConcurrency: number | undefined;
  /** What only the mapping of a stream has. */
  readonly stream: StreamSettings | undefined;
}

export function describeMapping(mapping: EventSourceMapping): Record<string, unknown> {
  const { settings } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.sourceArn,
    FunctionArn: mapping.functionArn,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindowSeconds,
    FunctionResponseTypes: settings.reportBatchItemFailures ? ["ReportBatchItemFailures"] : [],
    ...(settings.maximumConcurrency !== undefined && {
      ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency },
    }),
    ...(settings.stream && describeStreamSettings(settings.stream)),
    State: settings.enabled ? "Enabled" : "Disabled",
    StateTransitionReason: "USER_INITIATED",
    LastModified: mapping.lastModified.getTime() / 1000,
    LastProcessingResult: mapping.lastResult,
  };
}
