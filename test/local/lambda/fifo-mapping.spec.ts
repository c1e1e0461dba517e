import { randomUUID } from "node:crypto";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedLambda, startLambda } from "./start-lambda.ts";

interface Message {
  readonly group: string;
  readonly body: string;
  readonly count: number;
}

/** Reports each message; fails what it is told to fail the first time that it comes. */
const reporter = `
  const call = (operation, input) => fetch(process.env.AWS_ENDPOINT_URL, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS." + operation,
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, Signature=0",
    },
    body: JSON.stringify(input),
  });
  export const handler = async ({ Records }) => {
    for (const { body, attributes } of Records) {
      const { MessageGroupId: group, ApproximateReceiveCount, SequenceNumber } = attributes;
      const count = Number(ApproximateReceiveCount);
      const report = { group, body, count, SequenceNumber };
      await call("SendMessage", {
        QueueUrl: process.env.REPORTS,
        MessageBody: JSON.stringify(report),
        MessageGroupId: "reports",
        MessageDeduplicationId: crypto.randomUUID(),
      });
      if (body.startsWith("fail once") && count === 1) throw new Error("as told");
    }
  };`;

describe("Lambda event source mappings of FIFO queues", () => {
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

  async function queue() {
    const name = `queue-${randomUUID()}.fifo`;
    const { QueueUrl: url = "" } = await sqs.send(
      new CreateQueueCommand({
        QueueName: name,
        Attributes: { FifoQueue: "true", VisibilityTimeout: "3" },
      }),
    );
    return { url, arn: `arn:aws:sqs:us-east-1:000000000000:${name}` };
  }

  async function mapped(input: Partial<CreateEventSourceMappingCommandInput> = {}) {
    const [source, reports] = await Promise.all([queue(), queue()]);
    const FunctionName = await cloud.create(reporter, {
      Role: await cloud.role("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
      Timeout: 3,
      Environment: { Variables: { REPORTS: reports.url } },
    });
    return {
      create: () =>
        cloud.client.send(
          new CreateEventSourceMappingCommand({
            ...{ FunctionName, EventSourceArn: source.arn },
            ...input,
          }),
        ),
      async send(MessageGroupId: string, ...bodies: readonly string[]): Promise<void> {
        for (const MessageBody of bodies)
          await sqs.send(
            new SendMessageCommand({
              ...{ QueueUrl: source.url, MessageBody, MessageGroupId },
              MessageDeduplicationId: randomUUID(),
            }),
          );
      },
      /** What the function was given so far, in its order, once there is so much of it. */
      async given(count: number): Promise<readonly Message[]> {
        const all: Message[] = [];
        return untilMet(`${String(count)} messages`, async () => {
          const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({ QueueUrl: reports.url, MaxNumberOfMessages: 10 }),
          );
          for (const { Body = "", ReceiptHandle } of Messages) {
            all.push(JSON.parse(Body) as Message);
            await sqs.send(new DeleteMessageCommand({ QueueUrl: reports.url, ReceiptHandle }));
          }
          return all.length >= count ? all : undefined;
        });
      },
      isEmpty: () =>
        untilMet("An empty queue", async () => {
          const { Attributes } = await sqs.send(
            new GetQueueAttributesCommand({
              QueueUrl: source.url,
              AttributeNames: [
                "ApproximateNumberOfMessages",
                "ApproximateNumberOfMessagesNotVisible",
              ],
            }),
          );
          return Object.values(Attributes ?? {}).every((depth) => depth === "0") || undefined;
        }),
    };
  }

  const bodiesOf = (messages: readonly Message[], group: string) =>
    messages.filter((message) => message.group === group).map(({ body }) => body);

  it("hand over the messages of each group in their order, and delete them", async () => {
    const { create, send, given, isEmpty } = await mapped();
    const [one, other] = ["a", "b"].map((group) => [1, 2, 3, 4, 5].map((n) => `${group}${n}`));
    await Promise.all([send("one", ...(one ?? [])), send("other", ...(other ?? []))]);
    await create();
    const all = await given(10);
    expect(bodiesOf(all, "one")).to.deep.equal(one);
    expect(bodiesOf(all, "other")).to.deep.equal(other);
    await isEmpty();
  });

  it("hold a group back behind the message that failed, and no other group", async () => {
    const { create, send, given } = await mapped({ BatchSize: 1 });
    await send("one", "fail once", "after it");
    await send("other", "unconcerned");
    await create();
    const all = await given(4);
    expect(bodiesOf(all, "one")).to.deep.equal(["fail once", "fail once", "after it"]);
    const unconcerned = all.findIndex(({ group }) => group === "other");
    const again = all.findIndex(({ body, count }) => body === "fail once" && count === 2);
    expect(unconcerned).to.be.below(again);
  });

  const refused: readonly [string, Partial<CreateEventSourceMappingCommandInput>][] = [
    ["Batching window is not supported for FIFO queues", { MaximumBatchingWindowInSeconds: 1 }],
    ["BatchSize", { BatchSize: 11, MaximumBatchingWindowInSeconds: 0 }],
  ];
  for (const [named, input] of refused)
    it(`are refused, also later, with a word on ${named}`, async () => {
      const { create } = await mapped(input);
      const failure = await failureOf(create());
      expect(failure.name).to.equal("InvalidParameterValueException");
      expect(failure.message).to.include(named);
      const { UUID } = await (await mapped()).create();
      const later = await failureOf(
        cloud.client.send(new UpdateEventSourceMappingCommand({ UUID, ...input })),
      );
      expect(later.message).to.include(named);
    });
});
