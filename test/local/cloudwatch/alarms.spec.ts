import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  ListTagsForResourceCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedCloudwatch, startCloudwatch } from "./start-cloudwatch.ts";

const arnOf = (name: string) => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${name}`;

describe("CloudWatch alarms", () => {
  let started: StartedCloudwatch;

  before(async () => {
    started = await startCloudwatch();
  });

  after(async () => {
    await started[Symbol.asyncDispose]();
  });

  const putErrors = (MetricName: string, value: number) =>
    started.cloudwatch.send(
      new PutMetricDataCommand({ Namespace: "Test", MetricData: [{ MetricName, Value: value }] }),
    );

  it("go to ALARM when their metric crosses the threshold", async () => {
    await started.putAlarm("crossing", { MetricName: "Crossing", Threshold: 2 });
    expect((await started.describeAlarm("crossing"))?.StateValue).to.equal("INSUFFICIENT_DATA");
    await putErrors("Crossing", 2);
    await started.untilState("crossing", "OK");
    await putErrors("Crossing", 1);
    const alarm = await started.untilState("crossing", "ALARM");
    expect(alarm.StateReason).to.equal(
      "Threshold Crossed: 1 of the last 1 datapoints [3] was greater than the threshold (2).",
    );
    expect(started.log).to.deep.include({
      event: "alarm-state",
      alarm: "crossing",
      oldState: "OK",
      state: "ALARM",
      reason: alarm.StateReason,
    });
  });

  it("take only the values of their dimensions and of their unit", async () => {
    const Dimensions = [{ Name: "Kind", Value: "a" }];
    await started.putAlarm("narrow", { MetricName: "Narrow", Dimensions, Unit: "Seconds" });
    await started.putAlarm("wide", { MetricName: "Narrow", Dimensions });
    const put = (datum: object) =>
      started.cloudwatch.send(
        new PutMetricDataCommand({
          Namespace: "Test",
          MetricData: [{ MetricName: "Narrow", Value: 1, ...datum }],
        }),
      );
    await put({});
    await put({ Dimensions: [{ Name: "Kind", Value: "b" }], Unit: "Seconds" });
    await put({ Dimensions, Unit: "Count" });
    await started.untilState("wide", "ALARM");
    expect((await started.untilState("narrow", "OK")).StateValue).to.equal("OK");
    await put({ Dimensions, Unit: "Seconds" });
    await started.untilState("narrow", "ALARM");
  });

  it("are described as they were put", async () => {
    const input = {
      AlarmDescription: "Too slow",
      ActionsEnabled: false,
      AlarmActions: ["arn:aws:sns:us-east-1:000000000000:a"],
      OKActions: ["arn:aws:sns:us-east-1:000000000000:b"],
      InsufficientDataActions: [],
      MetricName: "Duration",
      Namespace: "AWS/Lambda",
      ExtendedStatistic: "p99.9",
      Dimensions: [{ Name: "FunctionName", Value: "f" }],
      Period: 120,
      Unit: "Milliseconds" as const,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: 0.5,
      ComparisonOperator: "LessThanThreshold" as const,
      TreatMissingData: "ignore",
      EvaluateLowSampleCountPercentile: "ignore",
    };
    await started.putAlarm("described", { ...input, Statistic: undefined });
    const alarm = await started.describeAlarm("described");
    expect(alarm).to.deep.include(input);
    expect(alarm?.AlarmArn).to.equal(arnOf("described"));
    expect(alarm?.AlarmConfigurationUpdatedTimestamp).to.be.instanceOf(Date);
    const { MetricAlarms = [] } = await started.cloudwatch.send(
      new DescribeAlarmsForMetricCommand({
        MetricName: "Duration",
        Namespace: "AWS/Lambda",
        Dimensions: input.Dimensions,
      }),
    );
    expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).to.deep.equal(["described"]);
  });

  it("keep their state and their tags when they are put again", async () => {
    const Tags = [{ Key: "Team", Value: "red" }];
    await started.putAlarm("again", { Tags, MetricName: "Again" });
    await putErrors("Again", 1);
    await started.untilState("again", "ALARM");
    await started.putAlarm("again", { MetricName: "Again", AlarmDescription: "second" });
    const alarm = await started.describeAlarm("again");
    expect([alarm?.StateValue, alarm?.AlarmDescription]).to.deep.equal(["ALARM", "second"]);
    const tags = () =>
      started.cloudwatch
        .send(new ListTagsForResourceCommand({ ResourceARN: arnOf("again") }))
        .then((answer) => answer.Tags);
    expect(await tags()).to.deep.equal(Tags);
    const ResourceARN = arnOf("again");
    await started.cloudwatch.send(
      new TagResourceCommand({ ResourceARN, Tags: [{ Key: "Stage", Value: "dev" }] }),
    );
    await started.cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["Team"] }));
    expect(await tags()).to.deep.equal([{ Key: "Stage", Value: "dev" }]);
  });

  it("are listed page by page, by prefix and by state", async () => {
    for (const name of ["page-1", "page-2", "page-3"])
      await started.putAlarm(name, { MetricName: "Nothing", TreatMissingData: "ignore" });
    await started.cloudwatch.send(
      new SetAlarmStateCommand({ AlarmName: "page-2", StateValue: "OK", StateReason: "test" }),
    );
    const describe = (input: object) =>
      started.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: "page-", ...input }));
    const first = await describe({ MaxRecords: 2 });
    expect(first.MetricAlarms?.map((each) => each.AlarmName)).to.deep.equal(["page-1", "page-2"]);
    const second = await describe({ MaxRecords: 2, NextToken: first.NextToken });
    expect(second.MetricAlarms?.map((each) => each.AlarmName)).to.deep.equal(["page-3"]);
    expect(second.NextToken).to.equal(undefined);
    const ok = await describe({ StateValue: "OK" });
    expect(ok.MetricAlarms?.map((each) => each.AlarmName)).to.deep.equal(["page-2"]);
  });

  it("are deleted together or not at all", async () => {
    await started.putAlarm("doomed", { MetricName: "Nothing" });
    const remove = (...AlarmNames: string[]) =>
      started.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }));
    const failure = await failureOf(remove("doomed", "absent"));
    expect(failure.name).to.match(/^ResourceNotFound/);
    expect(failure.message).to.equal("No such alarm: absent");
    expect(await started.describeAlarm("doomed")).not.to.equal(undefined);
    await remove("doomed");
    expect(await started.describeAlarm("doomed")).to.equal(undefined);
  });

  it("publish to the topics of their new state, unless their actions are disabled", async () => {
    const sns = new SNSClient(clientSettings(started.endpoint));
    const sqs = new SQSClient(clientSettings(started.endpoint));
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "Alarms" }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "Alarms" }));
    const queueArn = "arn:aws:sqs:us-east-1:000000000000:Alarms";
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn,
        },
      ],
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn }));

    await started.putAlarm("silent", { AlarmActions: [TopicArn], TreatMissingData: "ignore" });
    const setState = (AlarmName: string, StateValue: "OK" | "ALARM") =>
      started.cloudwatch.send(
        new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "test" }),
      );
    const AlarmNames = ["silent"];
    await started.cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames }));
    await setState("silent", "ALARM");
    await setState("silent", "OK");
    await started.putAlarm("loud", { AlarmActions: [TopicArn], MetricName: "Loud" });
    await putErrors("Loud", 1);
    await started.cloudwatch.send(new EnableAlarmActionsCommand({ AlarmNames: ["loud"] }));

    const message = await untilMet("a message of the alarm", async () => {
      const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      return answer.Messages?.[0]?.Body;
    });
    const envelope = JSON.parse(message) as { Subject: string; Message: string };
    expect(envelope.Subject).to.equal('ALARM: "loud" in us-east-1');
    const body = JSON.parse(envelope.Message) as Record<string, unknown>;
    expect(body).to.deep.include({
      AlarmName: "loud",
      NewStateValue: "ALARM",
      AlarmArn: arnOf("loud"),
      AWSAccountId: "000000000000",
    });
    sns.destroy();
    sqs.destroy();
  });

  for (const [what, changed, message] of [
    [
      "a period that is no period",
      { Period: 45 },
      /Period must be 1, 5, 10, 20, 30 or any multiple/,
    ],
    ["no statistic", { Statistic: undefined }, /either Statistic or ExtendedStatistic/],
    ["metric math", { Metrics: [{ Id: "m1", Expression: "1" }] }, /not known: Metrics/],
    [
      "an action that is not served",
      { AlarmActions: ["arn:aws:lambda:us-east-1:000000000000:function:f"] },
      /AlarmActions\[0\] must/,
    ],
    ["more datapoints than periods", { DatapointsToAlarm: 2 }, /DatapointsToAlarm/],
  ] as const)
    it(`refuses an alarm with ${what}`, async () => {
      const failure = await failureOf(started.putAlarm("refused", changed as object));
      expect(failure.message).to.match(message);
      expect(failure.$metadata?.httpStatusCode).to.equal(400);
      expect(await started.describeAlarm("refused")).to.equal(undefined);
    });
});
