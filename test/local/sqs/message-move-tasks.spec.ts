import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedSqs, startSqs } from "./start-sqs.ts";

describe("SQS message move tasks", () => {
  let cloud: StartedSqs;
  beforeEach(async () => (cloud = await startSqs()));
  afterEach(() => cloud.close());

  async function pair(messages: number) {
    const deadLetters = await cloud.queue();
    const source = await cloud.queue({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 1 }),
    });
    for (let index = 0; index < messages; index++)
      await cloud.client.send(
        new SendMessageCommand({
          QueueUrl: deadLetters.url,
          MessageBody: String(index),
          MessageAttributes: { index: { DataType: "Number", StringValue: String(index) } },
        }),
      );
    return { deadLetters, source };
  }

  const taskOf = async (SourceArn: string) =>
    (await cloud.client.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0];

  it("bring every message back to the queue it came from, with its attributes", async () => {
    const { deadLetters, source } = await pair(25);
    await cloud.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadLetters.arn }));
    const task = await untilMet("The end of the task", async () => {
      const found = await taskOf(deadLetters.arn);
      return found?.Status === "COMPLETED" ? found : undefined;
    });
    expect(task.ApproximateNumberOfMessagesMoved).to.equal(25);
    const attributes = await cloud.attributes(source.url);
    expect(attributes["ApproximateNumberOfMessages"]).to.equal("25");
    const { Messages } = await cloud.client.send(
      new ReceiveMessageCommand({ QueueUrl: source.url, MessageAttributeNames: ["All"] }),
    );
    const [message] = Messages ?? [];
    expect(message?.MessageAttributes?.["index"]?.StringValue).to.equal(message?.Body);
  });

  it("can be cancelled, one at a time for a queue", async () => {
    const { deadLetters } = await pair(5);
    const start = () =>
      cloud.client.send(
        new StartMessageMoveTaskCommand({
          SourceArn: deadLetters.arn,
          MaxNumberOfMessagesPerSecond: 1,
        }),
      );
    const { TaskHandle } = await start();
    expect((await failureOf(start())).name).to.equal("UnsupportedOperation");
    await cloud.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    await untilMet("The end of the task", async () =>
      (await taskOf(deadLetters.arn))?.Status === "CANCELLED" ? true : undefined,
    );
    const left = await cloud.attributes(deadLetters.url);
    expect(Number(left["ApproximateNumberOfMessages"])).to.be.greaterThan(0);
  });

  it("are refused for a queue that is nobody's dead-letter queue", async () => {
    const { arn } = await cloud.queue();
    const failure = await failureOf(
      cloud.client.send(new StartMessageMoveTaskCommand({ SourceArn: arn })),
    );
    expect(failure.message).to.include("Dead Letter Queue");
  });

  it("are refused from and to a queue that is not there", async () => {
    const { deadLetters } = await pair(0);
    const missing = `${deadLetters.arn}-missing`;
    for (const input of [
      { SourceArn: missing },
      { SourceArn: deadLetters.arn, DestinationArn: missing },
    ]) {
      const failure = await failureOf(cloud.client.send(new StartMessageMoveTaskCommand(input)));
      expect(failure.name).to.equal("ResourceNotFoundException");
    }
  });
});
