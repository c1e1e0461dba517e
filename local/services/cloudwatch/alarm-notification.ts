import type { Alarm, AlarmState } from "./alarm.ts";
import { readPercentile } from "./statistic-set.ts";

/** One message to a topic. */
export interface AlarmNotification {
  readonly topicArn: string;
  readonly region: string;
  readonly subject: string;
  readonly message: string;
}

/**
 * What an alarm publishes when its state changes, to each topic of the new state. The region is
 * named by its code. Source of the form: CloudWatch User Guide, "Using Amazon CloudWatch alarms",
 * Amazon SNS notifications.
 */
export function alarmNotifications(
  alarm: Alarm,
  oldState: AlarmState,
  accountId: string,
): AlarmNotification[] {
  const { configuration: of, name, region, state } = alarm;
  if (!of.actionsEnabled) return [];
  const isPercentile = readPercentile(of.statistic) !== undefined;
  const message = JSON.stringify({
    AlarmName: name,
    AlarmDescription: of.description ?? null,
    AWSAccountId: accountId,
    AlarmConfigurationUpdatedTimestamp: toTimestamp(alarm.configuredAt),
    NewStateValue: state,
    NewStateReason: alarm.reason,
    StateChangeTime: toTimestamp(alarm.stateUpdatedAt),
    Region: region,
    AlarmArn: alarm.arn,
    OldStateValue: oldState,
    OKActions: of.actions.OK,
    AlarmActions: of.actions.ALARM,
    InsufficientDataActions: of.actions.INSUFFICIENT_DATA,
    Trigger: {
      MetricName: of.metric.name,
      Namespace: of.metric.namespace,
      StatisticType: isPercentile ? "ExtendedStatistic" : "Statistic",
      ...(isPercentile
        ? { ExtendedStatistic: of.statistic }
        : { Statistic: of.statistic.toUpperCase() }),
      Unit: of.unit ?? null,
      Dimensions: Object.entries(of.metric.dimensions).map(([key, value]) => ({
        value,
        name: key,
      })),
      Period: of.periodSeconds,
      EvaluationPeriods: of.evaluationPeriods,
      ...(of.datapointsToAlarm !== undefined && { DatapointsToAlarm: of.datapointsToAlarm }),
      ComparisonOperator: of.comparisonOperator,
      Threshold: of.threshold,
      TreatMissingData: of.treatMissingData ?? "missing",
      EvaluateLowSampleCountPercentile: of.evaluateLowSampleCountPercentile ?? "",
    },
  });
  // SNS refuses line breaks, control characters and more than 100 characters.
  const title = `${state}: "${name}" in ${region}`.replace(/\p{Cc}/gu, " ");
  const subject = [...title].slice(0, 100).join("");
  return of.actions[state].map((topicArn) => ({ topicArn, region, subject, message }));
}

/** `2026-01-31T12:00:00.000+0000` */
function toTimestamp(date: Date): string {
  return date.toISOString().replace("Z", "+0000");
}
