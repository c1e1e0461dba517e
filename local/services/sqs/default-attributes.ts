import type { QueueSettings } from "./queue-settings.ts";

const ofAll: readonly (readonly [string, string])[] = [
  ["DelaySeconds", "0"],
  ["KmsDataKeyReusePeriodSeconds", "300"],
  ["MaximumMessageSize", "1048576"],
  ["MessageRetentionPeriod", "345600"],
  ["ReceiveMessageWaitTimeSeconds", "0"],
  ["SqsManagedSseEnabled", "true"],
  ["VisibilityTimeout", "30"],
];

const ofFifo: readonly (readonly [string, string])[] = [
  ["ContentBasedDeduplication", "false"],
  ["DeduplicationScope", "queue"],
  ["FifoQueue", "true"],
  ["FifoThroughputLimit", "perQueue"],
];

/** The attributes of a queue that was given none. Source: SQS API, CreateQueue. */
export function defaultAttributes({
  isFifo,
}: Pick<QueueSettings, "isFifo">): ReadonlyMap<string, string> {
  return new Map(isFifo ? [...ofAll, ...ofFifo] : ofAll);
}
