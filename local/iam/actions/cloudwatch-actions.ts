import type { AwsCall } from "../../wire/aws-call.ts";
import {
  type ActionTable,
  anyResource,
  arnIn,
  type CallInput,
  entries,
  textIn,
} from "./action-reader.ts";

/** Source: Service Authorization Reference, Amazon CloudWatch. */
export const cloudwatchActions: ActionTable = {
  ...entries("cloudwatch", ["PutMetricAlarm", "SetAlarmState"], (input, call) => [
    alarmArn(textIn(input, "AlarmName"), call),
  ]),
  ...entries(
    "cloudwatch",
    ["DeleteAlarms", "EnableAlarmActions", "DisableAlarmActions"],
    (input, call) => alarmNames(input).map((name) => alarmArn(name, call)),
  ),
  ...entries("cloudwatch", ["DescribeAlarms", "DescribeAlarmsForMetric"], (_input, call) => [
    alarmArn("*", call),
  ]),
  ...entries("cloudwatch", ["ListTagsForResource", "TagResource", "UntagResource"], (input) => [
    textIn(input, "ResourceARN"),
  ]),
  ...entries(
    "cloudwatch",
    ["PutMetricData", "GetMetricData", "GetMetricStatistics", "ListMetrics"],
    anyResource,
  ),
};

function alarmArn(name: string, call: AwsCall): string {
  return arnIn(call, "cloudwatch", `alarm:${name}`);
}

/** A list in JSON and CBOR, `AlarmNames.member.1` and so on in the query protocol. */
function alarmNames(input: CallInput): string[] {
  const { AlarmNames } = input;
  const names: unknown[] = Array.isArray(AlarmNames)
    ? AlarmNames
    : Object.keys(input)
        .filter((key) => key.startsWith("AlarmNames.member."))
        .map((key) => input[key]);
  return names.filter((name) => typeof name === "string");
}
