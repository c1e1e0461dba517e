import type { Metric } from "./metric.ts";

/** The metrics that services of this cloud report, by namespace, with their units. */
export const reportedMetrics = {
  "AWS/ApiGateway": {
    Count: "Count",
    "4XXError": "Count",
    "5XXError": "Count",
    Latency: "Milliseconds",
  },
  /** An event that was throttled has a value of the first alone; the last is of streams only. */
  "AWS/Lambda": {
    Throttles: "Count",
    Invocations: "Count",
    Errors: "Count",
    Duration: "Milliseconds",
    IteratorAge: "Milliseconds",
  },
  "AWS/SQS": {
    ApproximateNumberOfMessagesVisible: "Count",
    ApproximateNumberOfMessagesNotVisible: "Count",
    ApproximateNumberOfMessagesDelayed: "Count",
    ApproximateAgeOfOldestMessage: "Seconds",
    NumberOfMessagesSent: "Count",
    SentMessageSize: "Bytes",
    NumberOfMessagesReceived: "Count",
    NumberOfEmptyReceives: "Count",
    NumberOfMessagesDeleted: "Count",
  },
} as const;

/** Whether it is a metric of AWS's own that nothing here ever gives a value. */
export function isNeverReported({ namespace, name }: Metric): boolean {
  if (!namespace.startsWith("AWS/")) return false;
  const names = (reportedMetrics as Record<string, Record<string, string>>)[namespace];
  return !names || !Object.hasOwn(names, name);
}
