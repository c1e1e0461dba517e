import type { Alarm } from "./alarm.ts";
import { fromDimensions } from "./metric.ts";
import { readPercentile } from "./statistic-set.ts";

/** MetricAlarm of the CloudWatch service model; a member that is undefined is left out. */
export function viewAlarm(alarm: Alarm) {
  const { configuration: of } = alarm;
  const isPercentile = readPercentile(of.statistic) !== undefined;
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: of.description,
    AlarmConfigurationUpdatedTimestamp: alarm.configuredAt,
    ActionsEnabled: of.actionsEnabled,
    OKActions: of.actions.OK,
    AlarmActions: of.actions.ALARM,
    InsufficientDataActions: of.actions.INSUFFICIENT_DATA,
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateReasonData: alarm.reasonData,
    StateUpdatedTimestamp: alarm.stateUpdatedAt,
    MetricName: of.metric.name,
    Namespace: of.metric.namespace,
    Statistic: isPercentile ? undefined : of.statistic,
    ExtendedStatistic: isPercentile ? of.statistic : undefined,
    Dimensions: fromDimensions(of.metric.dimensions),
    Period: of.periodSeconds,
    Unit: of.unit,
    EvaluationPeriods: of.evaluationPeriods,
    DatapointsToAlarm: of.datapointsToAlarm,
    Threshold: of.threshold,
    ComparisonOperator: of.comparisonOperator,
    TreatMissingData: of.treatMissingData,
    EvaluateLowSampleCountPercentile: of.evaluateLowSampleCountPercentile,
    StateTransitionedTimestamp: alarm.transitionedAt,
  };
}
