import type { AwsCall } from "../../wire/aws-call.ts";
import {
  type ActionTable,
  anyResource,
  arnIn,
  type CallInput,
  entries,
  textIn,
} from "./action-reader.ts";

/** Source: Service Authorization Reference, Amazon EventBridge. */
export const eventsActions: ActionTable = {
  ...entries(
    "events",
    ["CreateEventBus", "UpdateEventBus", "DescribeEventBus", "DeleteEventBus"],
    (input, call) => [busArn(textIn(input, "Name"), call)],
  ),
  ...entries("events", ["PutPermission", "RemovePermission"], (input, call) => [
    busArn(textIn(input, "EventBusName"), call),
  ]),
  ...entries(
    "events",
    ["ListEventBuses", "ListRuleNamesByTarget", "ListRules", "TestEventPattern"],
    anyResource,
  ),
  ...entries(
    "events",
    ["DescribeRule", "DeleteRule", "EnableRule", "DisableRule"],
    (input, call) => [ruleArn(textIn(input, "Name"), input, call)],
  ),
  ...entries("events", ["ListTargetsByRule", "RemoveTargets"], (input, call) => [
    ruleArn(textIn(input, "Rule"), input, call),
  ]),
  PutRule: (input, call) => [
    { action: "events:PutRule", resource: ruleArn(textIn(input, "Name"), input, call) },
    ...passedRoles([input]),
  ],
  PutTargets: (input, call) => [
    { action: "events:PutTargets", resource: ruleArn(textIn(input, "Rule"), input, call) },
    ...passedRoles(listIn(input, "Targets")),
  ],
  PutEvents: (input, call) =>
    unique(
      listIn(input, "Entries").map((entry) => busArn(textIn(entry, "EventBusName"), call)),
    ).map((resource) => ({ action: "events:PutEvents", resource })),
  ...entries("events", ["TagResource", "UntagResource", "ListTagsForResource"], (input) => [
    textIn(input, "ResourceARN"),
  ]),
};

function passedRoles(holders: readonly CallInput[]) {
  return unique(holders.map((each) => textIn(each, "RoleArn")).filter((arn) => arn !== "")).map(
    (resource) => ({ action: "iam:PassRole", resource }),
  );
}

function busArn(nameOrArn: string, call: AwsCall): string {
  if (nameOrArn.startsWith("arn:")) return nameOrArn;
  return arnIn(call, "events", `event-bus/${nameOrArn || "default"}`);
}

function ruleArn(name: string, input: CallInput, call: AwsCall): string {
  const bus = textIn(input, "EventBusName").split("event-bus/").at(-1) ?? "";
  return arnIn(call, "events", `rule/${bus === "" || bus === "default" ? "" : `${bus}/`}${name}`);
}

function listIn(input: CallInput, name: string): readonly CallInput[] {
  const list = input[name];
  return Array.isArray(list)
    ? list.filter((each) => typeof each === "object" && each !== null)
    : [];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
