import type { Log } from "../../log.ts";
import { serveInput } from "../../members/serve-input.ts";
import type { AwsService } from "../aws-service.ts";
import type { AlarmState } from "./alarm.ts";
import { type AlarmNotification, alarmNotifications } from "./alarm-notification.ts";
import { AlarmStore } from "./alarm-store.ts";
import type { CloudwatchContext, CloudwatchOperation } from "./cloudwatch-context.ts";
import { evaluateAlarms } from "./evaluate-alarms.ts";
import { MetricStore } from "./metric-store.ts";
import { alarmOperations } from "./operations/alarm-operations.ts";
import { metricOperations } from "./operations/metric-operations.ts";
import { tagOperations } from "./operations/tag-operations.ts";
import { type QueueProbe, recordQueueMetrics } from "./queue-metrics.ts";
import { createServiceMetrics, type ServiceMetrics } from "./service-metrics.ts";
import { readInput, readOperation, writeOutput } from "./wire-form.ts";

const evaluateEveryMs = 1_000;

export interface CloudwatchServiceOptions {
  readonly accountId: string;
  readonly queues: QueueProbe;
  /** Publishes to a topic; rejects when SNS did not take the message. */
  publish(notification: AlarmNotification): Promise<void>;
  readonly log: Log;
}

export interface CloudwatchService extends AwsService {
  /** Where services report what they do. */
  readonly metrics: ServiceMetrics;
  /** State of an alarm; `undefined` when it is not there. */
  alarmState(alarmArn: string): AlarmState | undefined;
  /** Hears of every change of an alarm's state, at once. */
  onAlarmChange(listener: (alarmArn: string, state: AlarmState) => void): void;
}

/**
 * CloudWatch metrics and alarms, API version 2010-08-01. Metrics come from PutMetricData and from
 * the services of this cloud; alarms follow them.
 */
export function createCloudwatchService(options: CloudwatchServiceOptions): CloudwatchService {
  const { accountId, queues, publish, log } = options;
  const stores = new Map<string, MetricStore>();
  const metricsOf = (region: string): MetricStore => {
    const store = stores.get(region) ?? new MetricStore();
    stores.set(region, store);
    return store;
  };
  const alarms = new AlarmStore({ accountId, log });
  alarms.onChange((alarm, oldState) => {
    for (const notification of alarmNotifications(alarm, oldState, accountId))
      publish(notification).catch((error: unknown) => {
        const { topicArn } = notification;
        log({ event: "alarm-action-failed", alarm: alarm.name, topicArn, error: String(error) });
      });
  });

  function turn(): void {
    try {
      recordQueueMetrics(queues, metricsOf, alarms.all());
      evaluateAlarms(alarms, metricsOf, Date.now());
      for (const store of stores.values()) store.tidy();
    } catch (error) {
      log({ event: "alarm-evaluation-failed", error: String(error) });
    }
  }
  const timer = setInterval(turn, evaluateEveryMs);
  timer.unref();

  const context: CloudwatchContext = { alarms, metricsOf };
  const operations: Readonly<Record<string, CloudwatchOperation>> = {
    ...alarmOperations(context),
    ...metricOperations(context),
    ...tagOperations(context),
  };
  return {
    name: "monitoring",
    operations: Object.keys(operations),
    identify(request) {
      const found = readOperation(request);
      return found && Object.hasOwn(operations, found.operation) ? found : undefined;
    },
    handle(call) {
      const run = operations[call.operation];
      if (!run) throw new Error(`No operation monitoring.${call.operation}`);
      return writeOutput(run(serveInput(call, readInput(call)), call), call);
    },
    close() {
      clearInterval(timer);
      return Promise.resolve();
    },
    metrics: createServiceMetrics(metricsOf),
    alarmState: (arn) => alarms.byArn(arn)?.state,
    onAlarmChange(listener) {
      alarms.onChange((alarm) => {
        listener(alarm.arn, alarm.state);
      });
    },
  };
}
