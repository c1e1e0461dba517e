/** A queue that feeds a function. Source: Lambda API, CreateEventSourceMapping. */
export interface EventSourceMapping {
  readonly uuid: string;
  readonly arn: string;
  readonly region: string;
  readonly queueArn: string;
  readonly tags: Map<string, string>;
  functionArn: string;
  settings: MappingSettings;
  lastModified: Date;
  lastResult: string;
}

export interface MappingSettings {
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportBatchItemFailures: boolean;
  /** Most batches at a time; `undefined` leaves it to the mapping. */
  readonly maximumConcurrency: number | undefined;
}

export function describeMapping(mapping: EventSourceMapping): Record<string, unknown> {
  const { settings } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.functionArn,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchingWindowSeconds,
    FunctionResponseTypes: settings.reportBatchItemFailures ? ["ReportBatchItemFailures"] : [],
    ...(settings.maximumConcurrency !== undefined && {
      ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency },
    }),
    State: settings.enabled ? "Enabled" : "Disabled",
    StateTransitionReason: "USER_INITIATED",
    LastModified: mapping.lastModified.getTime() / 1000,
    LastProcessingResult: mapping.lastResult,
  };
}
