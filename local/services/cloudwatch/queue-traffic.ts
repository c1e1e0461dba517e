import type { MetricSeries, MetricStore } from "./metric-store.ts";
import { reportedMetrics } from "./reported-metrics.ts";

/** What a call did to a queue, as a value of one of SQS's metrics. */
export interface QueueTraffic {
  readonly region: string;
  readonly queueName: string;
  readonly metric:
    | "NumberOfMessagesSent"
    | "SentMessageSize"
    | "NumberOfMessagesReceived"
    | "NumberOfEmptyReceives"
    | "NumberOfMessagesDeleted";
  readonly value: number;
}

/** Source: SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS". */
export function createQueueTraffic(
  metricsOf: (region: string) => MetricStore,
): (traffic: QueueTraffic) => void {
  /** Of the queues of a region: queue and metric → series. */
  const regions = new Map<string, Map<string, MetricSeries>>();
  return ({ region, queueName, metric, value }) => {
    const kept = regions.get(region) ?? new Map<string, MetricSeries>();
    regions.set(region, kept);
    const key = `${queueName} ${metric}`;
    let series = kept.get(key);
    if (!series) {
      const dimensions = { QueueName: queueName };
      const unit = reportedMetrics["AWS/SQS"][metric];
      series = metricsOf(region).series({ namespace: "AWS/SQS", name: metric, dimensions }, unit);
      kept.set(key, series);
    }
    series.add(value);
  };
}
