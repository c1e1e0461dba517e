import { randomUUID } from "node:crypto";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type BatchReport, batchReporter } from "./batch-reporter.ts";
import { type StartedLambda, startLambda } from "./start-lambda.ts";

const consumerActions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

describe("Lambda event source mappings", () => {
  let cloud: StartedLambda;
  let sqs: SQSClient;
  beforeEach(async () => {
    cloud = await startLambda();
    sqs = new SQSClient(clientSettings(cloud.endpoint));
  });
  afterEach(async () => {
    sqs.destroy();
    await cloud.close();
  });

  async function queue(Attributes: Record<string, string> = { VisibilityTimeout: "3" }) {
    const name = `queue-${randomUUID()}`;
    const { QueueUrl: url = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes }),
    );
    return { url, arn: `arn:aws:sqs:us-east-1:000000000000:${name}` };
  }

  /** A queue mapped to the batchReporter, and what the reporter has said. */
  async function mapped(
    input: Partial<CreateEventSourceMappingCommandInput> = {},
    { visibilitySeconds = 3, actions = consumerActions } = {},
  ) {
    const source = await queue({ VisibilityTimeout: String(visibilitySeconds) });
    const reports = await queue();
    const FunctionName = await cloud.create(batchReporter, {
      Role: await cloud.role(...actions),
      Timeout: 3,
      Environment: { Variables: { REPORTS: reports.url } },
    });
    const create = () =>
      cloud.client.send(
        new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: source.arn, ...input }),
      );
    return {
      source,
      create,
      send: async (...bodies: string[]): Promise<void> => {
        for (const MessageBody of bodies)
          await sqs.send(new SendMessageCommand({ QueueUrl: source.url, MessageBody }));
      },
      /** All reports so far, once they are as wanted. */
      reports: async (what: string, isMet: (all: readonly BatchReport[]) => boolean) => {
        const all: BatchReport[] = [];
        return untilMet(what, async () => {
          all.push(...(await receiveAll(reports.url)));
          return isMet(all) ? all : undefined;
        });
      },
      isEmpty: () =>
        untilMet("An empty queue", async () => {
          const counts = await depth(source.url);
          return counts.every((count) => count === "0") || undefined;
        }),
    };
  }

  async function depth(QueueUrl: string): Promise<(string | undefined)[]> {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    return Object.values(Attributes ?? {});
  }

  async function receiveAll(url: string): Promise<BatchReport[]> {
    const { ReceiveMessageCommand, DeleteMessageCommand } = await import("@aws-sdk/client-sqs");
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
    );
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    return Messages.map(({ Body }) => JSON.parse(Body ?? "") as BatchReport);
  }

  const bodiesOf = (all: readonly BatchReport[]): string[] => all.flatMap(({ bodies }) => bodies);

  it("hand every message to the function and delete it", async () => {
    const { create, send, reports, isEmpty } = await mapped();
    const sent = Array.from({ length: 25 }, (_, index) => String(index));
    await send(...sent);
    await create();
    const all = await reports("25 messages", (each) => bodiesOf(each).length >= 25);
    expect(bodiesOf(all)).to.have.members(sent);
    await isEmpty();
  });

  it("keep batches to their size", async () => {
    const { create, send, reports } = await mapped({ BatchSize: 3 });
    await send(...Array.from({ length: 9 }, (_, index) => String(index)));
    await create();
    const all = await reports("9 messages", (each) => bodiesOf(each).length >= 9);
    for (const { bodies } of all) expect(bodies.length).to.be.at.most(3);
  });

  it("gather a batch in their window", async () => {
    const { create, send, reports } = await mapped({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
    });
    await create();
    await send(...Array.from({ length: 12 }, (_, index) => String(index)));
    const [first] = await reports("a report", (each) => each.length > 0);
    expect(first?.bodies).to.have.length(12);
  });

  it("bring back only the messages that the function names as failed", async () => {
    const { create, send, reports } = await mapped(
      { FunctionResponseTypes: ["ReportBatchItemFailures"] },
      { visibilitySeconds: 3 },
    );
    await send("good", "fail");
    await create();
    const all = await reports("the second try", (each) =>
      each.some(({ counts }) => counts.includes(2)),
    );
    const again = all.filter(({ counts }) => counts.includes(2));
    expect(bodiesOf(again)).to.deep.equal(["fail"]);
    expect(bodiesOf(all).filter((body) => body === "good")).to.have.length(1);
  });

  it("bring back a whole batch after a function error", async () => {
    const { create, send, reports } = await mapped();
    await send("good", "throw");
    await create();
    const all = await reports("the second try of both", (each) => {
      const again = each.flatMap(({ bodies, counts }) =>
        bodies.filter((_, index) => counts[index] === 2),
      );
      return again.includes("good") && again.includes("throw");
    });
    expect(bodiesOf(all).length).to.be.at.least(4);
  });

  it("are disabled, enabled and deleted", async () => {
    const { create, send, reports, source } = await mapped({ Enabled: false });
    const { UUID, State } = await create();
    expect(State).to.equal("Disabled");
    await send("waits");
    expect(await depth(source.url)).to.deep.equal(["1", "0"]);
    await cloud.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await reports("the message", (each) => bodiesOf(each).includes("waits"));
    await cloud.client.send(new DeleteEventSourceMappingCommand({ UUID }));
    const gone = await failureOf(cloud.client.send(new GetEventSourceMappingCommand({ UUID })));
    expect(gone.name).to.equal("ResourceNotFoundException");
    await send("stays");
    expect(await depth(source.url)).to.include("1");
  });

  it("hold their calls to SQS against the function's role", async () => {
    const { create, send, source } = await mapped({}, { actions: ["sqs:GetQueueAttributes"] });
    await create();
    await send("not taken");
    const failed = await untilMet("A refused call", () =>
      Promise.resolve(cloud.entries.find(({ event }) => event === "event-source-mapping-failed")),
    );
    expect(String(failed["error"])).to.match(/sqs:ReceiveMessage/i);
    expect(await depth(source.url)).to.deep.equal(["1", "0"]);
    const noAccess = await mapped({}, { actions: ["logs:CreateLogGroup"] });
    expect((await failureOf(noAccess.create())).name).to.equal("InvalidParameterValueException");
  });

  it("meet the faults on SQS and on Lambda, and go on after them", async () => {
    const setFaults = (rules: object[]) =>
      fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
        method: "POST",
        body: JSON.stringify(rules),
      });
    for (const rule of [
      { service: "sqs", operation: "ReceiveMessage" },
      { service: "lambda", operation: "Invoke" },
      { service: "sqs", operation: "DeleteMessageBatch" },
    ]) {
      const { create, send, reports, isEmpty } = await mapped();
      await create();
      await setFaults([rule]);
      await send("delayed");
      cloud.entries.length = 0;
      await untilMet(`A fault on ${rule.operation}`, () =>
        Promise.resolve(
          cloud.entries.find(
            ({ event, operation }) => event === "fault-fired" && operation === rule.operation,
          ),
        ),
      );
      await setFaults([]);
      await reports("the message", (each) => bodiesOf(each).includes("delayed"));
      await isEmpty();
    }
  }).timeout(40_000);

  it("hand over what they have received when the next receive fails", async () => {
    const { source, create, send, reports } = await mapped(
      { BatchSize: 100, MaximumBatchingWindowInSeconds: 5 },
      { visibilitySeconds: 300 },
    );
    await create();
    await send("received");
    await untilMet("The message is in flight", async () => {
      const [, inFlight] = await depth(source.url);
      return inFlight === "1" || undefined;
    });
    await fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
      method: "POST",
      body: JSON.stringify([{ service: "sqs", operation: "ReceiveMessage" }]),
    });
    await untilMet("A fault on ReceiveMessage", () =>
      Promise.resolve(cloud.entries.find(({ event }) => event === "fault-fired")),
    );
    await fetch(`${cloud.endpoint}/_localstack/chaos/faults`, { method: "POST", body: "[]" });
    await reports("the message", (each) => bodiesOf(each).includes("received"));
  }).timeout(40_000);

  it("run no more batches at a time than their maximum concurrency", async () => {
    const { create, send, reports } = await mapped({
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    await send("slow", "slow", "slow", "slow");
    await create();
    const startedMs = Date.now();
    await reports("4 batches", (each) => each.length >= 4);
    // Two at a time take at least two times as long as one.
    expect(Date.now() - startedMs).to.be.at.least(450);
  });

  const refused: readonly [string, Partial<CreateEventSourceMappingCommandInput>][] = [
    ["BatchSize", { BatchSize: 10_001 }],
    ["batch window", { BatchSize: 11 }],
    ["MaximumConcurrency", { ScalingConfig: { MaximumConcurrency: 1 } }],
    ["FilterCriteria", { FilterCriteria: { Filters: [{ Pattern: "{}" }] } }],
    ["queue", { EventSourceArn: "arn:aws:kinesis:us-east-1:000000000000:stream/s" }],
    ["NonExistentQueue", { EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:missing" }],
  ];
  for (const [named, input] of refused)
    it(`are refused with a word on the ${named}`, async () => {
      const { create } = await mapped(input);
      const failure = await failureOf(create());
      expect(failure.name).to.equal("InvalidParameterValueException");
      expect(failure.message).to.include(named);
    });

  it("are refused where messages would come back while they are worked on", async () => {
    const { create } = await mapped({}, { visibilitySeconds: 2 });
    const failure = await failureOf(create());
    expect(failure.message).to.equal(
      "Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds",
    );
  });

  it("are one for a queue and a function", async () => {
    const { create } = await mapped();
    await create();
    expect((await failureOf(create())).name).to.equal("ResourceConflictException");
  });
});
