import type { Alarm } from "./alarm.ts";
import type { MetricStore } from "./metric-store.ts";
import { reportedMetrics } from "./reported-metrics.ts";

/** One queue at one moment. */
export interface QueueSample {
  readonly region: string;
  readonly queueName: string;
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
}

/** Looks into the queues of every region. */
export interface QueueProbe {
  sample(): readonly QueueSample[];
  /** Age in seconds of the oldest message; 0 for an empty queue. It reads all messages. */
  oldestMessageAgeSeconds(queueName: string, region: string): number;
}

const units = reportedMetrics["AWS/SQS"];
const ageMetric = "ApproximateAgeOfOldestMessage";

/**
 * Records the metrics of every queue. The age of the oldest message is only looked up for queues
 * with an alarm on it. Source: SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".
 */
export function recordQueueMetrics(
  queues: QueueProbe,
  metricsOf: (region: string) => MetricStore,
  alarms: Iterable<Alarm>,
): void {
  const aged = new Set(
    [...alarms]
      .filter(({ configuration: { metric } }) => metric.name === ageMetric)
      .map(
        (alarm) => `${alarm.region} ${alarm.configuration.metric.dimensions["QueueName"] ?? ""}`,
      ),
  );
  for (const { region, queueName, visible, notVisible, delayed } of queues.sample()) {
    const record = (name: keyof typeof units, value: number) => {
      const metric = { namespace: "AWS/SQS", name, dimensions: { QueueName: queueName } };
      metricsOf(region).series(metric, units[name]).add(value);
    };
    record("ApproximateNumberOfMessagesVisible", visible);
    record("ApproximateNumberOfMessagesNotVisible", notVisible);
    record("ApproximateNumberOfMessagesDelayed", delayed);
    if (aged.has(`${region} ${queueName}`))
      record(ageMetric, queues.oldestMessageAgeSeconds(queueName, region));
  }
}
