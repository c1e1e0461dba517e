import { z } from "zod";
import { AwsError } from "../../wire/aws-error.ts";
import { describeIssue } from "../../wire/describe-issue.ts";
import { comparisons } from "./alarm.ts";
import { isStatistic, readPercentile } from "./statistic-set.ts";

/** Constraints of the CloudWatch service model 2010-08-01. The query protocol has texts only. */
const number = z.preprocess(
  (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value),
  z.number(),
);
const whole = (least: number, most = 2 ** 31 - 1) =>
  z.preprocess(
    (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value),
    z.int().min(least).max(most),
  );
const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);
/** A Date in CBOR, seconds in JSON, ISO 8601 in the query protocol. */
const time = z.preprocess(
  (value) =>
    typeof value === "number"
      ? new Date(value * 1000)
      : typeof value === "string"
        ? new Date(value)
        : value,
  z.date(),
);
const name = z.string().min(1).max(255);
/** A list that is there and empty comes as a text in the query protocol. */
const listOf = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess((value) => (value === "" ? [] : value), z.array(item).max(most));

export const dimensions = listOf(
  z.strictObject({ Name: name, Value: z.string().min(1).max(1024) }),
  30,
);
export const tags = listOf(
  z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) }),
  50,
);
const states = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);
const period = whole(1, 604_800).refine(
  (seconds) => [1, 5, 10, 20, 30].includes(seconds) || seconds % 60 === 0,
  "must be 1, 5, 10, 20, 30 or any multiple of 60",
);
const percentile = z
  .string()
  .refine((text) => readPercentile(text) !== undefined, "must be a percentile such as p99");
const statistic = z.enum(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]);
const actions = listOf(
  z
    .string()
    .regex(
      /^arn:aws:sns:[^:]+:\d{12}:[\w.-]+$/,
      "must be the ARN of an SNS topic; no other action is served here",
    ),
  5,
);

export const inputs = {
  PutMetricAlarm: z
    .strictObject({
      AlarmName: name,
      AlarmDescription: z.string().max(1024).optional(),
      ActionsEnabled: flag.default(true),
      OKActions: actions.default([]),
      AlarmActions: actions.default([]),
      InsufficientDataActions: actions.default([]),
      MetricName: name,
      Namespace: name,
      Statistic: statistic.optional(),
      ExtendedStatistic: percentile.optional(),
      Dimensions: dimensions.default([]),
      Period: period,
      Unit: z.string().optional(),
      EvaluationPeriods: whole(1),
      DatapointsToAlarm: whole(1).optional(),
      Threshold: number,
      ComparisonOperator: z.enum(
        Object.keys(comparisons) as [keyof typeof comparisons, ...(keyof typeof comparisons)[]],
      ),
      TreatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]).optional(),
      EvaluateLowSampleCountPercentile: z.enum(["evaluate", "ignore"]).optional(),
      Tags: tags.default([]),
    })
    .refine(
      (input) => (input.Statistic === undefined) !== (input.ExtendedStatistic === undefined),
      "must have either Statistic or ExtendedStatistic",
    )
    .refine(
      (input) => (input.DatapointsToAlarm ?? 1) <= input.EvaluationPeriods,
      "must not have a DatapointsToAlarm that is more than EvaluationPeriods",
    )
    .refine(
      (input) =>
        input.EvaluationPeriods * input.Period <=
        Math.max(86_400, input.Period >= 3600 ? 604_800 : 0),
      "must not have EvaluationPeriods times Period that is more than a day, or 7 days with a Period of an hour or more",
    ),
  DescribeAlarms: z
    .strictObject({
      AlarmNames: listOf(name, 100).optional(),
      AlarmNamePrefix: name.optional(),
      AlarmTypes: listOf(z.enum(["MetricAlarm", "CompositeAlarm", "LogAlarm"]), 10).optional(),
      StateValue: states.optional(),
      ActionPrefix: z.string().min(1).max(1024).optional(),
      MaxRecords: whole(1, 100).default(50),
      NextToken: z.string().optional(),
    })
    .refine(
      (input) => !input.AlarmNames || input.AlarmNamePrefix === undefined,
      "must not have both AlarmNames and AlarmNamePrefix",
    ),
  DescribeAlarmsForMetric: z.strictObject({
    MetricName: name,
    Namespace: name,
    Statistic: statistic.optional(),
    ExtendedStatistic: percentile.optional(),
    Dimensions: dimensions.default([]),
    Period: period.optional(),
    Unit: z.string().optional(),
  }),
  AlarmNames: z.strictObject({ AlarmNames: listOf(name, 100) }),
  SetAlarmState: z.strictObject({
    AlarmName: name,
    StateValue: states,
    StateReason: z.string().max(1023),
    StateReasonData: z.string().max(4000).optional(),
  }),
  PutMetricData: z.strictObject({
    Namespace: name
      .regex(/^[^:]/)
      .refine(
        (text) => !text.startsWith("AWS/"),
        "must not begin with AWS/, which is for AWS's own",
      ),
    MetricData: listOf(
      z.strictObject({
        MetricName: name,
        Dimensions: dimensions.default([]),
        Timestamp: time.optional(),
        Value: number.optional(),
        StatisticValues: z
          .strictObject({ SampleCount: number, Sum: number, Minimum: number, Maximum: number })
          .optional(),
        Values: listOf(number, 150).optional(),
        Counts: listOf(number, 150).optional(),
        Unit: z.string().default("None"),
        StorageResolution: whole(1).optional(),
      }),
      1000,
    ),
  }),
  GetMetricStatistics: z.strictObject({
    Namespace: name,
    MetricName: name,
    Dimensions: dimensions.default([]),
    StartTime: time,
    EndTime: time,
    Period: period,
    Statistics: listOf(statistic, 5).default([]),
    ExtendedStatistics: listOf(percentile, 10).default([]),
    Unit: z.string().optional(),
  }),
  GetMetricData: z.strictObject({
    MetricDataQueries: listOf(
      z.strictObject({
        Id: z
          .string()
          .regex(
            /^[a-z]\w{0,254}$/,
            "must be letters, digits and underscores, a small letter first",
          ),
        MetricStat: z.strictObject({
          Metric: z.strictObject({
            Namespace: name,
            MetricName: name,
            Dimensions: dimensions.default([]),
          }),
          Period: period,
          Stat: z.string().refine(isStatistic, "must be a statistic such as Sum or p99"),
          Unit: z.string().optional(),
        }),
        Label: z.string().optional(),
        ReturnData: flag.default(true),
      }),
      500,
    ),
    StartTime: time,
    EndTime: time,
    ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).default("TimestampDescending"),
  }),
  ListMetrics: z.strictObject({
    Namespace: name.optional(),
    MetricName: name.optional(),
    Dimensions: listOf(z.strictObject({ Name: name, Value: z.string().optional() }), 10).default(
      [],
    ),
  }),
  ListTagsForResource: z.strictObject({ ResourceARN: z.string().min(1).max(1024) }),
  TagResource: z.strictObject({ ResourceARN: z.string().min(1).max(1024), Tags: tags }),
  UntagResource: z.strictObject({
    ResourceARN: z.string().min(1).max(1024),
    TagKeys: listOf(z.string(), 50),
  }),
} as const;

/**
 * An input by its schema. A member that is not in the schema is refused by name. Throws
 * ValidationError with one sentence.
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input, { reportInput: true });
  if (!result.success)
    throw new AwsError("ValidationError", describeIssue(result.error, "The input"));
  return result.data;
}
