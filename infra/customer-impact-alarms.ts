import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface CustomerImpactAlarmsArgs {
  namePrefix: string;
  apiName: pulumi.Input<string>;
  stageName: pulumi.Input<string>;
  /** Undefined without the write buffer. */
  queues:
    { queueName: pulumi.Input<string>; deadLetterQueueName: pulumi.Input<string> } | undefined;
  /** Longest time that a write may wait in the queue, drill included. */
  oldestMessageAgeSeconds: number;
}

/** Share of requests that a drill may fail: reads fail in it by design, and writes must not. */
const FAILED_REQUESTS_SHARE = 0.75;
const PERIOD_SECONDS = 60;

type AlarmArgs = Omit<aws.cloudwatch.MetricAlarmArgs, "name" | "period" | "evaluationPeriods"> & {
  threshold: number;
  evaluationPeriods?: number;
};

/**
 * What callers feel, and what therefore stops an experiment. None of them watches the table, which
 * is what the experiments perturb.
 */
export class CustomerImpactAlarms extends pulumi.ComponentResource {
  readonly arns: pulumi.Output<string>[] = [];

  constructor(
    name: string,
    args: CustomerImpactAlarmsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("outage-drill:infra:CustomerImpactAlarms", name, {}, opts);
    const add = (suffix: string, physicalName: string, alarm: AlarmArgs): void => {
      const { arn } = new aws.cloudwatch.MetricAlarm(
        `${name}-${suffix}`,
        {
          name: `${args.namePrefix}${physicalName}`,
          period: PERIOD_SECONDS,
          evaluationPeriods: 1,
          // No requests and no messages are no impact.
          treatMissingData: "notBreaching",
          comparisonOperator: "GreaterThanThreshold",
          ...alarm,
        },
        { parent: this },
      );
      this.arns.push(arn);
    };

    add("failed-requests", "ProductApiFailedRequests", {
      alarmDescription: "More requests fail than a drill explains: writes as well as reads.",
      namespace: "AWS/ApiGateway",
      metricName: "5XXError",
      // The average of this metric is the share of requests that failed.
      statistic: "Average",
      dimensions: { ApiName: args.apiName, Stage: args.stageName },
      threshold: FAILED_REQUESTS_SHARE,
      evaluationPeriods: 2,
    });
    if (args.queues) {
      add("dead-letters", "ProductEventsDeadLetters", {
        alarmDescription: "An acknowledged write was given up on.",
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        statistic: "Maximum",
        dimensions: { QueueName: args.queues.deadLetterQueueName },
        threshold: 0,
      });
      add("oldest-message", "ProductEventsOldestMessage", {
        alarmDescription: "An acknowledged write waits longer than a drill explains.",
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        statistic: "Maximum",
        dimensions: { QueueName: args.queues.queueName },
        threshold: args.oldestMessageAgeSeconds,
      });
    }
    this.registerOutputs({ arns: this.arns });
  }
}
