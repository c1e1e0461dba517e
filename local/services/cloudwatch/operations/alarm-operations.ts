import { AwsError } from "../../../wire/aws-error.ts";
import type { Alarm } from "../alarm.ts";
import type { CloudwatchContext, CloudwatchOperation } from "../cloudwatch-context.ts";
import { inputs, parseInput } from "../inputs.ts";
import { metricKey, toDimensions } from "../metric.ts";
import { viewAlarm } from "../views.ts";

/** Metric alarms of one metric. Source: CloudWatch API 2010-08-01. */
export function alarmOperations({
  alarms,
}: CloudwatchContext): Readonly<Record<string, CloudwatchOperation>> {
  const named = (region: string, names: readonly string[]): Alarm[] =>
    names
      .map((name) => alarms.byArn(alarms.arnOf(region, name)))
      .filter((alarm) => alarm !== undefined);

  function enable(input: unknown, region: string, actionsEnabled: boolean): undefined {
    for (const alarm of named(region, parseInput(inputs.AlarmNames, input).AlarmNames))
      alarm.configuration = { ...alarm.configuration, actionsEnabled };
  }

  return {
    PutMetricAlarm(body, { region }) {
      const input = parseInput(inputs.PutMetricAlarm, body);
      alarms.put(
        region,
        input.AlarmName,
        {
          description: input.AlarmDescription,
          actionsEnabled: input.ActionsEnabled,
          actions: {
            OK: input.OKActions,
            ALARM: input.AlarmActions,
            INSUFFICIENT_DATA: input.InsufficientDataActions,
          },
          metric: {
            namespace: input.Namespace,
            name: input.MetricName,
            dimensions: toDimensions(input.Dimensions),
          },
          statistic: input.Statistic ?? input.ExtendedStatistic ?? "",
          unit: input.Unit,
          periodSeconds: input.Period,
          evaluationPeriods: input.EvaluationPeriods,
          datapointsToAlarm: input.DatapointsToAlarm,
          threshold: input.Threshold,
          comparisonOperator: input.ComparisonOperator,
          treatMissingData: input.TreatMissingData,
          evaluateLowSampleCountPercentile: input.EvaluateLowSampleCountPercentile,
        },
        new Map(input.Tags.map(({ Key, Value }) => [Key, Value])),
      );
      return undefined;
    },

    DescribeAlarms(body, { region }) {
      const input = parseInput(inputs.DescribeAlarms, body);
      const after = input.NextToken === undefined ? "" : readToken(input.NextToken);
      const found = alarms
        .list(region)
        .filter(
          (alarm) =>
            (input.AlarmTypes?.includes("MetricAlarm") ?? true) &&
            (input.AlarmNames?.includes(alarm.name) ?? true) &&
            alarm.name.startsWith(input.AlarmNamePrefix ?? "") &&
            (input.StateValue ?? alarm.state) === alarm.state &&
            hasActionWith(alarm, input.ActionPrefix) &&
            alarm.name > after,
        );
      const page = found.slice(0, input.MaxRecords);
      return {
        CompositeAlarms: [],
        MetricAlarms: page.map(viewAlarm),
        NextToken:
          found.length > page.length
            ? Buffer.from(page.at(-1)?.name ?? "").toString("base64url")
            : undefined,
      };
    },

    DescribeAlarmsForMetric(body, { region }) {
      const input = parseInput(inputs.DescribeAlarmsForMetric, body);
      const wanted = metricKey({
        namespace: input.Namespace,
        name: input.MetricName,
        dimensions: toDimensions(input.Dimensions),
      });
      const statistic = input.Statistic ?? input.ExtendedStatistic;
      const found = alarms
        .list(region)
        .filter(
          ({ configuration: of }) =>
            metricKey(of.metric) === wanted &&
            (statistic ?? of.statistic) === of.statistic &&
            (input.Period ?? of.periodSeconds) === of.periodSeconds &&
            (input.Unit ?? of.unit) === of.unit,
        );
      return { MetricAlarms: found.map(viewAlarm) };
    },

    DeleteAlarms(body, { region }) {
      const { AlarmNames } = parseInput(inputs.AlarmNames, body);
      const found = named(region, AlarmNames);
      // Nothing is deleted when one of several is not there. Source: CloudWatch API, DeleteAlarms.
      if (found.length < new Set(AlarmNames).size)
        throw notFound(
          `No such alarm: ${AlarmNames.find((name) => !alarms.byArn(alarms.arnOf(region, name))) ?? ""}`,
        );
      for (const { arn } of found) alarms.delete(arn);
      return undefined;
    },

    SetAlarmState(body, { region }) {
      const input = parseInput(inputs.SetAlarmState, body);
      const alarm = alarms.byArn(alarms.arnOf(region, input.AlarmName));
      if (!alarm) throw notFound(`No such alarm: ${input.AlarmName}`);
      alarms.setState(alarm, {
        state: input.StateValue,
        reason: input.StateReason,
        reasonData: input.StateReasonData,
      });
      return undefined;
    },

    EnableAlarmActions: (input, { region }) => enable(input, region, true),
    DisableAlarmActions: (input, { region }) => enable(input, region, false),
  };
}

function hasActionWith({ configuration }: Alarm, prefix: string | undefined): boolean {
  if (prefix === undefined) return true;
  return Object.values(configuration.actions)
    .flat()
    .some((arn) => arn.startsWith(prefix));
}

function readToken(token: string): string {
  const name = Buffer.from(token, "base64url").toString("utf8");
  if (name !== "") return name;
  throw new AwsError("InvalidNextToken", "The next token is not one of this operation's.");
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFound", message, 404);
}
