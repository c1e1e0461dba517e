import {
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDatum,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedCloudwatch, startCloudwatch } from "./start-cloudwatch.ts";

describe("CloudWatch metrics", () => {
  let started: StartedCloudwatch;

  before(async () => {
    started = await startCloudwatch();
  });

  after(async () => {
    await started[Symbol.asyncDispose]();
  });

  const put = (...MetricData: MetricDatum[]) =>
    started.cloudwatch.send(new PutMetricDataCommand({ Namespace: "Test", MetricData }));
  const aMinuteAround = (time: Date) => ({
    StartTime: new Date(Math.floor(time.getTime() / 60_000) * 60_000),
    EndTime: new Date(Math.floor(time.getTime() / 60_000) * 60_000 + 60_000),
    Period: 60,
  });

  it("answer every statistic of what was put", async () => {
    const Timestamp = new Date(Date.now() - 600_000);
    await put(
      { MetricName: "Sizes", Timestamp, Value: 1, Unit: "Bytes" },
      { MetricName: "Sizes", Timestamp, Values: [2, 7], Counts: [3, 1], Unit: "Bytes" },
    );
    const { Label, Datapoints } = await started.cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "Test",
        MetricName: "Sizes",
        ...aMinuteAround(Timestamp),
        Statistics: ["SampleCount", "Sum", "Average", "Minimum", "Maximum"],
        ExtendedStatistics: ["p50"],
      }),
    );
    expect(Label).to.equal("Sizes");
    expect(Datapoints).to.deep.equal([
      {
        Timestamp: aMinuteAround(Timestamp).StartTime,
        SampleCount: 5,
        Sum: 14,
        Average: 2.8,
        Minimum: 1,
        Maximum: 7,
        Unit: "Bytes",
        ExtendedStatistics: { p50: 2 },
      },
    ]);
  });

  it("are read in the order that is asked for", async () => {
    const now = Date.now();
    for (const minutesAgo of [20, 10])
      await put({
        MetricName: "Ordered",
        Timestamp: new Date(now - minutesAgo * 60_000),
        StatisticValues: { SampleCount: 2, Sum: minutesAgo, Minimum: 1, Maximum: 9 },
      });
    const read = async (ScanBy: "TimestampAscending" | "TimestampDescending") => {
      const { MetricDataResults } = await started.cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(now - 3_600_000),
          EndTime: new Date(now),
          ScanBy,
          MetricDataQueries: [
            {
              Id: "m1",
              MetricStat: {
                Metric: { Namespace: "Test", MetricName: "Ordered" },
                Period: 60,
                Stat: "Sum",
              },
            },
          ],
        }),
      );
      return MetricDataResults?.[0]?.Values;
    };
    expect(await read("TimestampAscending")).to.deep.equal([20, 10]);
    expect(await read("TimestampDescending")).to.deep.equal([10, 20]);
  });

  it("take what an SDK compresses", async () => {
    const Values = Array.from({ length: 150 }, (_, index) => index);
    const MetricData = Array.from({ length: 40 }, () => ({ MetricName: "Compressed", Values }));
    await put(...MetricData);
    const { Metrics } = await started.cloudwatch.send(
      new ListMetricsCommand({ Namespace: "Test", MetricName: "Compressed" }),
    );
    expect(Metrics).to.deep.equal([
      { Namespace: "Test", MetricName: "Compressed", Dimensions: [] },
    ]);
  });

  it("refuse values that are older than what is kept", async () => {
    const failure = await failureOf(
      put({ MetricName: "Old", Value: 1, Timestamp: new Date(Date.now() - 4 * 3_600_000) }),
    );
    expect(failure.name).to.match(/^InvalidParameterValue/);
    expect(failure.message).to.match(/at most 3 hours ago/);
  });

  it("refuse values in the name of a service", async () => {
    const failure = await failureOf(
      started.cloudwatch.send(
        new PutMetricDataCommand({
          Namespace: "AWS/SQS",
          MetricData: [{ MetricName: "x", Value: 1 }],
        }),
      ),
    );
    expect(failure.message).to.match(/must not begin with AWS\//);
  });

  it("tell how many messages a queue has and how old the oldest is", async () => {
    const sqs = new SQSClient(clientSettings(started.endpoint));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "Watched" }));
    const onQueue = {
      Namespace: "AWS/SQS",
      Dimensions: [{ Name: "QueueName", Value: "Watched" }],
      Statistic: "Maximum" as const,
    };
    const MetricName = "ApproximateNumberOfMessagesVisible";
    await started.putAlarm("backlog", { ...onQueue, MetricName });
    await started.putAlarm("age", { ...onQueue, MetricName: "ApproximateAgeOfOldestMessage" });
    await started.untilState("backlog", "OK");
    await started.untilState("age", "OK");
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "first" }));
    await started.untilState("backlog", "ALARM");
    await started.untilState("age", "ALARM");
    sqs.destroy();
  });
});
