import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { tagList, tagMap } from "./schemas.ts";

/** Alarms on one metric; metric math and anomaly bands are refused by name. */
const metricAlarm = resourceType(
  z.strictObject({
    name: z.string().optional(),
    actionsEnabled: z.boolean().optional(),
    alarmActions: z.array(z.string()).optional(),
    alarmDescription: z.string().optional(),
    comparisonOperator: z.enum([
      "GreaterThanOrEqualToThreshold",
      "GreaterThanThreshold",
      "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ]),
    datapointsToAlarm: z.number().optional(),
    dimensions: z.record(z.string(), z.string()).optional(),
    evaluationPeriods: z.number(),
    extendedStatistic: z.string().optional(),
    insufficientDataActions: z.array(z.string()).optional(),
    metricName: z.string(),
    namespace: z.string(),
    okActions: z.array(z.string()).optional(),
    period: z.number(),
    statistic: z.enum(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]).optional(),
    threshold: z.number(),
    treatMissingData: z.enum(["missing", "ignore", "breaching", "notBreaching"]).optional(),
    unit: z.string().optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    // Loaded only for stacks that have alarms.
    const { CloudWatchClient, PutMetricAlarmCommand } = await import("@aws-sdk/client-cloudwatch");
    const AlarmName = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    await provider.client(CloudWatchClient, region).send(
      new PutMetricAlarmCommand({
        AlarmName,
        ActionsEnabled: inputs.actionsEnabled,
        AlarmActions: inputs.alarmActions,
        AlarmDescription: inputs.alarmDescription,
        ComparisonOperator: inputs.comparisonOperator,
        DatapointsToAlarm: inputs.datapointsToAlarm,
        Dimensions: Object.entries(inputs.dimensions ?? {}).map(([Name, Value]) => ({
          Name,
          Value,
        })),
        EvaluationPeriods: inputs.evaluationPeriods,
        ExtendedStatistic: inputs.extendedStatistic,
        InsufficientDataActions: inputs.insufficientDataActions,
        MetricName: inputs.metricName,
        Namespace: inputs.namespace,
        OKActions: inputs.okActions,
        Period: inputs.period,
        Statistic: inputs.statistic,
        Threshold: inputs.threshold,
        TreatMissingData: inputs.treatMissingData,
        Unit: inputs.unit as "Count" | undefined,
        Tags: tagList(tagsAll),
      }),
    );
    const accountId = await provider.accountId();
    return {
      id: AlarmName,
      state: {
        name: AlarmName,
        arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${AlarmName}`,
        tagsAll,
      },
    };
  },
);

export const cloudwatch: Readonly<Record<string, ResourceType>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
};
