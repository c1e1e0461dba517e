import type { ServiceMembers } from "../member-table.ts";

const metric = "Namespace MetricName Dimensions(Name Value)";
const tags = "Tags(Key Value)";

/** Source: CloudWatch API 2010-08-01. */
export const cloudwatchMembers: ServiceMembers = {
  PutMetricAlarm: {
    honours: `AlarmName AlarmDescription ActionsEnabled OKActions AlarmActions
      InsufficientDataActions ${metric} Statistic ExtendedStatistic Period Unit EvaluationPeriods
      DatapointsToAlarm Threshold ComparisonOperator TreatMissingData
      EvaluateLowSampleCountPercentile ${tags}`,
    refuses: `Metrics ThresholdMetricId EvaluationWindow WarmUpConfiguration EvaluationCriteria
      EvaluationInterval ActionConfiguration`,
  },
  DescribeAlarms: {
    honours: "AlarmNames AlarmNamePrefix AlarmTypes StateValue ActionPrefix MaxRecords NextToken",
    refuses: "ChildrenOfAlarmName ParentsOfAlarmName",
  },
  DescribeAlarmsForMetric: { honours: `${metric} Statistic ExtendedStatistic Period Unit` },
  DeleteAlarms: { honours: "AlarmNames" },
  SetAlarmState: { honours: "AlarmName StateValue StateReason StateReasonData" },
  EnableAlarmActions: { honours: "AlarmNames" },
  DisableAlarmActions: { honours: "AlarmNames" },
  PutMetricData: {
    honours: `Namespace MetricData(MetricName Dimensions(Name Value) Timestamp Value
      StatisticValues(SampleCount Sum Minimum Maximum) Values Counts Unit)`,
    refuses: "EntityMetricData StrictEntityValidation=false",
    // Values are kept by the second.
    ignores: { "always-so": "MetricData(StorageResolution)" },
  },
  GetMetricStatistics: {
    honours: `${metric} StartTime EndTime Period Statistics ExtendedStatistics Unit`,
  },
  GetMetricData: {
    honours: `MetricDataQueries(Id MetricStat(Metric(${metric}) Period Stat Unit) Label ReturnData)
      StartTime EndTime ScanBy`,
    refuses: `MetricDataQueries(Expression Period AccountId) NextToken MaxDatapoints
      LabelOptions(Timezone)`,
  },
  ListMetrics: {
    honours: metric,
    refuses: "NextToken RecentlyActive IncludeLinkedAccounts=false OwningAccount=$account",
  },
  ListTagsForResource: { honours: "ResourceARN" },
  TagResource: { honours: `ResourceARN ${tags}` },
  UntagResource: { honours: "ResourceARN TagKeys" },
};
