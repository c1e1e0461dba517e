import type { z } from "zod";
import { AwsError } from "../../../wire/aws-error.ts";
import type { CloudwatchContext, CloudwatchOperation } from "../cloudwatch-context.ts";
import { inputs, parseInput } from "../inputs.ts";
import { fromDimensions, type Metric, toDimensions } from "../metric.ts";
import { addValue, emptyStatisticSet, type StatisticSet, statisticOf } from "../statistic-set.ts";

/** What the store keeps; AWS takes values up to two weeks old. */
const oldestMs = 3 * 3_600_000;
const furthestMs = 2 * 3_600_000;
/** Source: CloudWatch API, GetMetricStatistics. */
const mostDatapoints = 1_440;

type Datum = z.infer<typeof inputs.PutMetricData>["MetricData"][number];

/** Values of metrics. Source: CloudWatch API 2010-08-01. */
export function metricOperations({
  metricsOf,
}: CloudwatchContext): Readonly<Record<string, CloudwatchOperation>> {
  return {
    PutMetricData(body, { region }) {
      const { Namespace, MetricData } = parseInput(inputs.PutMetricData, body);
      // All or nothing.
      const sets = MetricData.map((datum) => ({ datum, ...readDatum(datum) }));
      for (const { datum, set, atMs } of sets)
        metricsOf(region)
          .series(
            {
              namespace: Namespace,
              name: datum.MetricName,
              dimensions: toDimensions(datum.Dimensions),
            },
            datum.Unit,
          )
          .addSet(set, atMs);
      return undefined;
    },

    GetMetricStatistics(body, { region }) {
      const input = parseInput(inputs.GetMetricStatistics, body);
      const names = [...input.Statistics, ...input.ExtendedStatistics];
      if (names.length === 0)
        throw new AwsError(
          "MissingRequiredParameterException",
          "Statistics or ExtendedStatistics must be given.",
        );
      const metric: Metric = {
        namespace: input.Namespace,
        name: input.MetricName,
        dimensions: toDimensions(input.Dimensions),
      };
      const range = readRange(input);
      if ((range.toMs - range.fromMs) / range.periodMs > mostDatapoints)
        throw new AwsError(
          "InvalidParameterCombinationException",
          `You have requested more than ${String(mostDatapoints)} datapoints; choose a longer Period or a shorter time.`,
        );
      const metrics = metricsOf(region);
      const units = input.Unit === undefined ? metrics.unitsOf(metric) : [input.Unit];
      const datapoints = units.flatMap((unit) =>
        [...metrics.read(metric, { ...range, unit })].map(([beginMs, set]) => ({
          Timestamp: new Date(beginMs),
          ...Object.fromEntries(input.Statistics.map((name) => [name, statisticOf(set, name)])),
          Unit: unit,
          ...(input.ExtendedStatistics.length > 0 && {
            ExtendedStatistics: new Map(
              input.ExtendedStatistics.map((name) => [name, statisticOf(set, name)]),
            ),
          }),
        })),
      );
      return { Label: input.MetricName, Datapoints: datapoints };
    },

    GetMetricData(body, { region }) {
      const input = parseInput(inputs.GetMetricData, body);
      const results = input.MetricDataQueries.filter(({ ReturnData }) => ReturnData).map(
        (query) => {
          const { Metric: of, Period, Stat, Unit } = query.MetricStat;
          const metric: Metric = {
            namespace: of.Namespace,
            name: of.MetricName,
            dimensions: toDimensions(of.Dimensions),
          };
          const { StartTime, EndTime } = input;
          const range = { ...readRange({ StartTime, EndTime, Period }), unit: Unit };
          const found = [...metricsOf(region).read(metric, range)]
            .map(([beginMs, set]) => [new Date(beginMs), statisticOf(set, Stat)] as const)
            .filter(([, value]) => value !== undefined);
          if (input.ScanBy === "TimestampDescending") found.reverse();
          return {
            Id: query.Id,
            Label: query.Label ?? of.MetricName,
            Timestamps: found.map(([at]) => at),
            Values: found.map(([, value]) => value),
            StatusCode: "Complete",
          };
        },
      );
      return { MetricDataResults: results, Messages: [] };
    },

    ListMetrics(body, { region }) {
      const input = parseInput(inputs.ListMetrics, body);
      const found = metricsOf(region)
        .list()
        .filter(
          ({ namespace, name, dimensions }) =>
            (input.Namespace ?? namespace) === namespace &&
            (input.MetricName ?? name) === name &&
            input.Dimensions.every(
              ({ Name, Value }) =>
                Object.hasOwn(dimensions, Name) && (Value ?? dimensions[Name]) === dimensions[Name],
            ),
        );
      return {
        Metrics: found.map(({ namespace, name, dimensions }) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: fromDimensions(dimensions),
        })),
      };
    },
  };
}

function readDatum(datum: Datum): { set: StatisticSet; atMs: number } {
  const { Value, StatisticValues, Values, Counts } = datum;
  const given = [Value, StatisticValues, Values].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw new AwsError(
      "InvalidParameterCombinationException",
      `The datum of ${datum.MetricName} must have one of Value, StatisticValues and Values.`,
    );
  if (Counts && Counts.length !== Values?.length)
    throw new AwsError(
      "InvalidParameterValueException",
      `The datum of ${datum.MetricName} must have as many Counts as Values.`,
    );
  const now = Date.now();
  const atMs = datum.Timestamp?.getTime() ?? now;
  if (atMs < now - oldestMs || atMs > now + furthestMs)
    throw new AwsError(
      "InvalidParameterValueException",
      `The Timestamp of ${datum.MetricName} must be at most 3 hours ago, which is what is kept here, and at most 2 hours ahead.`,
    );
  if (StatisticValues)
    return {
      atMs,
      set: {
        sampleCount: StatisticValues.SampleCount,
        sum: StatisticValues.Sum,
        minimum: StatisticValues.Minimum,
        maximum: StatisticValues.Maximum,
        values: undefined,
      },
    };
  const set = emptyStatisticSet();
  for (const [index, value] of (Values ?? [Value ?? 0]).entries())
    addValue(set, value, Counts?.[index] ?? 1);
  return { set, atMs };
}

/** Periods begin at multiples of their length. */
function readRange(input: { StartTime: Date; EndTime: Date; Period: number }) {
  const periodMs = input.Period * 1000;
  const toMs = input.EndTime.getTime();
  if (toMs <= input.StartTime.getTime())
    throw new AwsError(
      "InvalidParameterValueException",
      "The parameter StartTime must be less than the parameter EndTime.",
    );
  return { fromMs: Math.floor(input.StartTime.getTime() / periodMs) * periodMs, toMs, periodMs };
}
