import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { arnOf, type StartedEvents, startEvents } from "./start-events.ts";

const queue = arnOf("sqs", "queue");

describe("EventBridge operations", () => {
  let cloud: StartedEvents;
  before(async () => (cloud = await startEvents()));
  after(() => cloud.close());

  it("put, describe, list and delete rules of a bus", async () => {
    const { events } = cloud;
    const { EventBusArn } = await events.createEventBus({ Name: "orders", Description: "d" });
    expect(EventBusArn).to.equal(arnOf("events", "event-bus/orders"));
    const EventBusName = "orders";
    const rule = { Name: "placed", EventPattern: '{"source":["shop"]}', Description: "of a shop" };
    const { RuleArn } = await events.putRule({ ...rule, EventBusName, State: "DISABLED" });
    expect(RuleArn).to.equal(arnOf("events", "rule/orders/placed"));
    const described = await events.describeRule({ Name: "placed", EventBusName: EventBusArn });
    expect(described).to.include({ ...rule, State: "DISABLED", EventBusName, Arn: RuleArn });
    expect((await events.listRules({ EventBusName })).Rules).to.have.length(1);
    expect((await events.listRules({})).Rules).to.deep.equal([]);
    await events.putTargets({ Rule: "placed", EventBusName, Targets: [{ Id: "q", Arn: queue }] });
    const byTarget = await events.listRuleNamesByTarget({ TargetArn: queue, EventBusName });
    expect(byTarget.RuleNames).to.deep.equal(["placed"]);
    const listed = await events.listTargetsByRule({ Rule: "placed", EventBusName });
    expect(listed.Targets).to.deep.equal([{ Id: "q", Arn: queue }]);
    const withTargets = await failureOf(events.deleteRule({ Name: "placed", EventBusName }));
    expect(withTargets.message).to.include("has targets");
    expect((await failureOf(events.deleteEventBus({ Name: "orders" }))).message).to.include(
      "rules",
    );
    const removed = await events.removeTargets({ Rule: "placed", EventBusName, Ids: ["q", "x"] });
    expect(removed.FailedEntries?.[0]?.TargetId).to.equal("x");
    await events.deleteRule({ Name: "placed", EventBusName });
    await events.deleteEventBus({ Name: "orders" });
    const gone = await failureOf(events.describeEventBus({ Name: "orders" }));
    expect(gone.name).to.equal("ResourceNotFoundException");
  });

  it("page through rules while the list changes", async () => {
    const { events } = cloud;
    for (const Name of ["page-a", "page-b", "page-c"])
      await events.putRule({ Name, ScheduleExpression: "rate(1 day)" });
    const first = await events.listRules({ NamePrefix: "page-", Limit: 2 });
    expect(first.Rules?.map(({ Name }) => Name)).to.deep.equal(["page-a", "page-b"]);
    await events.deleteRule({ Name: "page-a" });
    const { NextToken } = first;
    const second = await events.listRules({ NamePrefix: "page-", Limit: 2, NextToken });
    expect(second.Rules?.map(({ Name }) => Name)).to.deep.equal(["page-c"]);
  });

  it("tag rules and buses", async () => {
    const { events } = cloud;
    const Tags = [{ Key: "a", Value: "1" }];
    const { RuleArn: ResourceARN } = await events.putRule({
      ...{ Name: "tagged", ScheduleExpression: "rate(1 day)", Tags },
    });
    await events.tagResource({ ResourceARN, Tags: [{ Key: "b", Value: "2" }] });
    await events.untagResource({ ResourceARN, TagKeys: ["a"] });
    const left = await events.listTagsForResource({ ResourceARN });
    expect(left.Tags).to.deep.equal([{ Key: "b", Value: "2" }]);
  });

  it("put and remove permissions of a bus", async () => {
    const { events } = cloud;
    await events.putPermission({
      ...{ StatementId: "one", Action: "events:PutEvents", Principal: "111111111111" },
    });
    const { Policy = "" } = await events.describeEventBus({});
    expect(Policy).to.include("arn:aws:iam::111111111111:root");
    await events.removePermission({ StatementId: "one" });
    expect((await events.describeEventBus({})).Policy).to.equal(undefined);
    expect((await failureOf(events.putPermission({ Policy: "{}" }))).message).to.match(/not valid/);
  });

  it("answer the entries that fail beside the others", async () => {
    const entry = { Source: "s", DetailType: "d", Detail: "{}" };
    const { FailedEntryCount, Entries = [] } = await cloud.events.putEvents({
      Entries: [
        entry,
        { ...entry, Detail: "no JSON" },
        { ...entry, Source: "" },
        { ...entry, Source: "aws.s3" },
        { ...entry, EventBusName: "missing" },
      ],
    });
    expect(FailedEntryCount).to.equal(4);
    expect(Entries.map(({ ErrorCode }) => ErrorCode)).to.deep.equal([
      ...[undefined, "MalformedDetail", "InvalidArgument", "NotAuthorizedForSourceException"],
      "ResourceNotFoundException",
    ]);
    const eleven = await failureOf(cloud.events.putEvents({ Entries: Array(11).fill(entry) }));
    expect(eleven.message).to.include("length less than or equal to 10");
    const Detail = JSON.stringify({ text: "x".repeat(262_144) });
    const large = await failureOf(cloud.events.putEvents({ Entries: [{ ...entry, Detail }] }));
    expect(large.message).to.include("over the limit");
  });

  const targets: [what: string, target: object, reason: RegExp][] = [
    ["of other services", { Arn: arnOf("states", "stateMachine:m") }, /states.*not supported here/],
    [
      "of other Regions",
      { Arn: "arn:aws:sqs:eu-west-1:000000000000:q" },
      /another account or Region/,
    ],
    ["with two inputs", { Arn: queue, Input: "{}", InputPath: "$" }, /Only one of/],
    ["with a constant that is no JSON", { Arn: queue, Input: "x" }, /JSON/],
    ["with a wrong path", { Arn: queue, InputPath: "$.a[x]" }, /JSON path/],
    [
      "with a template whose variable is missing",
      { Arn: queue, InputTransformer: { InputTemplate: '"<a>"' } },
      /<a>/,
    ],
    [
      "with a FIFO dead-letter queue",
      { Arn: queue, DeadLetterConfig: { Arn: `${queue}.fifo` } },
      /standard/,
    ],
    ["with too many attempts", { Arn: queue, RetryPolicy: { MaximumRetryAttempts: 186 } }, /185/],
  ];
  for (const [what, target, reason] of targets)
    it(`refuse targets ${what}`, async () => {
      await cloud.events.putRule({ Name: "refusing", ScheduleExpression: "rate(1 day)" });
      const Targets = [{ Id: "x", Arn: "", ...target }];
      const { message } = await failureOf(cloud.events.putTargets({ Rule: "refusing", Targets }));
      expect(message).to.match(reason);
    });

  it("refuse a schedule on another bus, and a rule of nothing", async () => {
    await cloud.events.createEventBus({ Name: "scheduled" });
    const input = { Name: "r", ScheduleExpression: "rate(1 day)", EventBusName: "scheduled" };
    expect((await failureOf(cloud.events.putRule(input))).message).to.include("default event bus");
    expect((await failureOf(cloud.events.putRule({ Name: "r" }))).message).to.include("must be");
  });
});
