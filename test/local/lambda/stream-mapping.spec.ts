import { GetMetricStatisticsCommand, CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { idsOf, type StartedStreamMappings, startStreamMappings } from "./start-stream-mapping.ts";

describe("Lambda event source mappings of streams", () => {
  let cloud: StartedStreamMappings;
  before(async () => (cloud = await startStreamMappings()));
  after(() => cloud.close());
  afterEach(() => cloud.faults());

  const numbered = (count: number, id = "item") =>
    Array.from({ length: count }, (_, value) => [`${id}-${String(value)}`, value] as const);

  it("hand every change to the function, in order", async () => {
    const { create, put, reports, streamArn } = await cloud.mapped({ BatchSize: 7 });
    await put(...Array.from({ length: 20 }, (_, value) => ["one", value] as const));
    await create();
    await put(...Array.from({ length: 20 }, (_, value) => ["one", 20 + value] as const));
    const all = await reports("40 changes", (each) => idsOf(each).length >= 40);
    expect(all.flatMap(({ values }) => values)).to.deep.equal(
      Array.from({ length: 40 }, (_, value) => value),
    );
    for (const { ids } of all) expect(ids.length).to.be.at.most(7);
    const first: Readonly<Record<string, unknown>> = all[0]?.first ?? {};
    expect(first).to.include({
      ...{ eventName: "INSERT", eventVersion: "1.1", eventSource: "aws:dynamodb" },
      ...{ awsRegion: "us-east-1", eventSourceARN: streamArn },
    });
    expect(first["dynamodb"]).to.deep.include({
      Keys: { id: { S: "one" } },
      NewImage: { id: { S: "one" }, value: { N: "0" } },
      StreamViewType: "NEW_AND_OLD_IMAGES",
    });
  });

  it("begin at the end of the stream where they are told", async () => {
    const { create, put, reports } = await cloud.mapped({ StartingPosition: "LATEST" });
    await put(["before"]);
    await create();
    await put(["after"]);
    const all = await reports("a change", (each) => each.length > 0);
    expect(idsOf(all)).to.deep.equal(["after"]);
  });

  it("wait for a batch as long as their window", async () => {
    const { create, put, reports } = await cloud.mapped({
      ...{ BatchSize: 100, MaximumBatchingWindowInSeconds: 1 },
    });
    await create();
    await put(...numbered(5));
    const all = await reports("5 changes", (each) => idsOf(each).length >= 5);
    expect(all).to.have.length(1);
  });

  it("try a batch again until the function has done it, before anything that follows", async () => {
    const { create, put, reports } = await cloud.mapped({ BatchSize: 1 });
    await put(["once-a"], ["then"]);
    await create();
    const all = await reports("both", (each) => idsOf(each).includes("then"));
    expect(idsOf(all)).to.deep.equal(["once-a", "once-a", "then"]);
  });

  it("go on with the first record that the function reports", async () => {
    const { create, put, reports, state } = await cloud.mapped({
      ...{ BatchSize: 10, MaximumRetryAttempts: 1 },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
    await put(["a"], ["fail"], ["b"]);
    await create();
    const all = await reports("a second attempt", (each) => each.length >= 2);
    expect(all.map(({ ids }) => ids)).to.deep.equal([
      ["a", "fail", "b"],
      ["fail", "b"],
    ]);
    await untilMet("nothing unprocessed", async () =>
      (await state())?.unprocessedRecords === 0 ? true : undefined,
    );
  });

  it("give up after so many retries, and tell a queue which records", async () => {
    const dead = await cloud.queue();
    const { create, put, reports, streamArn } = await cloud.mapped(
      {
        ...{ BatchSize: 1, MaximumRetryAttempts: 2 },
        DestinationConfig: { OnFailure: { Destination: dead.arn } },
      },
      ["dynamodb:*", "sqs:SendMessage"],
    );
    await put(["throw"], ["then"]);
    await create();
    const all = await reports("what follows", (each) => idsOf(each).includes("then"));
    expect(idsOf(all)).to.deep.equal(["throw", "throw", "throw", "then"]);
    const [told] = (await untilMet("a message", async () => {
      const messages = await cloud.take(dead.url);
      return messages.length > 0 ? messages : undefined;
    })) as { requestContext: object; DDBStreamBatchInfo: Record<string, unknown> }[];
    expect(told?.requestContext).to.deep.include({
      ...{ condition: "RetryAttemptsExhausted", approximateInvokeCount: 3 },
    });
    expect(told?.DDBStreamBatchInfo).to.include({ batchSize: 1, streamArn });
    expect(told?.DDBStreamBatchInfo["startSequenceNumber"]).to.match(/^\d{21}$/);
  });

  it("split a batch that fails, so that one record alone is given up", async () => {
    const { create, put, reports, state } = await cloud.mapped({
      ...{ BatchSize: 4, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true },
    });
    await put(["a"], ["b"], ["throw"], ["c"]);
    await create();
    await untilMet("nothing unprocessed", async () =>
      (await state())?.unprocessedRecords === 0 ? true : undefined,
    );
    const all = await reports("c alone", (each) => each.some(({ ids }) => ids.join() === "c"));
    expect(all.map(({ ids }) => ids.join(" "))).to.deep.equal([
      ...["a b throw c", "a b", "throw c", "throw", "c"],
    ]);
  });

  it("hand on only what a filter lets through", async () => {
    const { create, put, reports, state } = await cloud.mapped({
      FilterCriteria: {
        Filters: [
          { Pattern: '{"eventName":["MODIFY"]}' },
          { Pattern: '{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"yes"}]}}}}' },
        ],
      },
    });
    await create();
    await put(["no", 1], ["yes", 2], ["no", 3], ["neither", 4]);
    const all = await reports("2 changes", (each) => idsOf(each).length >= 2);
    expect(all.flatMap(({ values }) => values)).to.deep.equal([2, 3]);
    await untilMet("nothing unprocessed", async () =>
      (await state())?.unprocessedRecords === 0 ? true : undefined,
    );
  });

  it("keep the order of each item where several batches run at a time", async () => {
    const { create, put, reports } = await cloud.mapped({
      ...{ BatchSize: 2, ParallelizationFactor: 4 },
    });
    const keys = ["a", "b", "c", "d", "e", "once"];
    for (let value = 0; value < 6; value++) await put(...keys.map((key) => [key, value] as const));
    await create();
    const all = await reports("all changes", (each) =>
      keys.every((key) =>
        each.some(({ ids, values }) => ids.some((id, at) => id === key && values[at] === 5)),
      ),
    );
    for (const key of keys) {
      const values = all.flatMap((each) => each.values.filter((_, at) => each.ids[at] === key));
      // A batch that failed comes again as a whole.
      const first = [...new Set(values)];
      expect(first, key).to.deep.equal([0, 1, 2, 3, 4, 5]);
    }
  });

  for (const [service, operation] of [
    ["dynamodb", "GetRecords"],
    ["dynamodb", undefined],
    ["lambda", "Invoke"],
  ] as const)
    it(`are held up by a fault on ${service} ${operation ?? ""} and lose nothing`, async () => {
      const { create, put, reports, state } = await cloud.mapped({ MaximumRetryAttempts: 0 });
      await create();
      await put(...numbered(3, "before"));
      await reports("what comes before", (each) => idsOf(each).length >= 3);
      const rule = { service, ...(operation && { operation }), error: { statusCode: 500 } };
      if (operation === undefined) {
        await put(...numbered(3, "during"));
        await cloud.faults(rule);
      } else {
        await cloud.faults(rule);
        await put(...numbered(3, "during"));
      }
      const failed = () =>
        cloud.lambda.entries.filter(({ event }) => event === "event-source-mapping-failed").length;
      const before = failed();
      await untilMet("3 failures", () =>
        Promise.resolve(failed() >= before + 3 ? true : undefined),
      );
      if (operation !== undefined) expect(await state()).to.include({ unprocessedRecords: 3 });
      await cloud.faults();
      const all = await reports("all", (each) => idsOf(each).length >= 6);
      expect(new Set(idsOf(all)).size).to.equal(6);
      await untilMet("nothing unprocessed", async () =>
        (await state())?.unprocessedRecords === 0 ? true : undefined,
      );
    });

  it("go on where they were when they are enabled again", async () => {
    const { create, put, reports, state } = await cloud.mapped();
    const { UUID } = await create();
    await put(["first"]);
    await reports("the first", (each) => idsOf(each).includes("first"));
    await untilMet("nothing unprocessed", async () =>
      (await state())?.unprocessedRecords === 0 ? true : undefined,
    );
    const { lambda } = cloud;
    await lambda.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    await put(["second"]);
    const paused = await state();
    expect(paused?.unprocessedRecords).to.equal(1);
    expect(paused?.iteratorAgeMs).to.be.at.least(0);
    await lambda.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    const all = await reports("the second", (each) => idsOf(each).includes("second"));
    expect(idsOf(all)).to.deep.equal(["first", "second"]);
    await lambda.client.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect(await state()).to.equal(undefined);
  });

  it("read a stream to its end after it has ended", async () => {
    const { create, put, reports, endStream } = await cloud.mapped();
    await put(["last"]);
    await endStream();
    await create();
    const all = await reports("the last", (each) => each.length > 0);
    expect(idsOf(all)).to.deep.equal(["last"]);
  });

  it("report the age of what they hand on", async () => {
    const { create, put, reports, FunctionName } = await cloud.mapped();
    await put(["one"]);
    await create();
    await reports("a change", (each) => each.length > 0);
    const client = new CloudWatchClient(clientSettings(cloud.lambda.endpoint));
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        ...{ Namespace: "AWS/Lambda", MetricName: "IteratorAge", Period: 60 },
        Dimensions: [{ Name: "FunctionName", Value: FunctionName }],
        StartTime: new Date(Date.now() - 600_000),
        EndTime: new Date(Date.now() + 60_000),
        Statistics: ["SampleCount"],
      }),
    );
    client.destroy();
    expect(Datapoints.map(({ SampleCount }) => SampleCount)).to.deep.equal([1]);
  });

  it("describe their settings", async () => {
    const settings = {
      ...{ BatchSize: 3, MaximumRetryAttempts: 5, MaximumRecordAgeInSeconds: 60 },
      ...{ BisectBatchOnFunctionError: true, ParallelizationFactor: 2 },
      ...{ StartingPosition: "LATEST" as const, TumblingWindowInSeconds: 0 },
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      FunctionResponseTypes: ["ReportBatchItemFailures" as const],
    };
    const { create } = await cloud.mapped(settings);
    const { UUID } = await create();
    const read = await cloud.lambda.client.send(new GetEventSourceMappingCommand({ UUID }));
    expect(read).to.deep.include({ ...settings, State: "Enabled" });
  });

  const refused: readonly [string, object][] = [
    ["startingPosition", { StartingPosition: undefined }],
    ["StartingPosition", { StartingPosition: "AT_TIMESTAMP" }],
    ["TumblingWindowInSeconds", { TumblingWindowInSeconds: 30 }],
    ["ScalingConfig", { ScalingConfig: { MaximumConcurrency: 2 } }],
    ["MaximumRecordAgeInSeconds", { MaximumRecordAgeInSeconds: 5 }],
    ["ParallelizationFactor", { ParallelizationFactor: 11 }],
    ["filter pattern", { FilterCriteria: { Filters: [{ Pattern: "none" }] } }],
    ["wildcard", { FilterCriteria: { Filters: [{ Pattern: '{"a":[{"wildcard":"*"}]}' }] } }],
    ["s3", { DestinationConfig: { OnFailure: { Destination: "arn:aws:s3:::bucket" } } }],
  ];
  for (const [named, input] of refused)
    it(`are refused with a word on ${named}: ${JSON.stringify(input)}`, async () => {
      const { create } = await cloud.mapped(input);
      const failure = await failureOf(create());
      expect(failure.name).to.equal("InvalidParameterValueException");
      expect(failure.message).to.include(named);
    });

  it("are refused where the function's role may not read the stream", async () => {
    const { create } = await cloud.mapped({}, ["dynamodb:DescribeStream"]);
    const failure = await failureOf(create());
    expect(failure.message).to.match(/^Cannot access stream/);
  });

  it("are refused where the stream is not there", async () => {
    const { streamArn } = await cloud.mapped();
    const { create } = await cloud.mapped({ EventSourceArn: `${streamArn}9` });
    expect((await failureOf(create())).message).to.match(/^Stream not found/);
  });
});
