import type { Context, SQSRecord } from "aws-lambda";
import { expect } from "chai";
import {
  createRetryHandler,
  createWriteBuffer,
  DEFAULT_SETTINGS,
  RefusedWriteError,
} from "outage-drill/write-buffer/runtime";
import { FakeAws, hang, replyError } from "../functions/support/fake-aws.ts";
import { failureOf } from "../support/failure-of.ts";
import { withEnvironment } from "./support/with-environment.ts";

interface Order {
  readonly id: string;
}

describe("the run-time half of the write buffer", function () {
  this.timeout(10_000);

  const cloud = new FakeAws();
  let endpoint: string;

  before(async () => {
    endpoint = await cloud.start();
  });
  withEnvironment(() => ({
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    WRITE_BUFFER_TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:Orders",
    WRITE_BUFFER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/000000000000/Orders",
    WRITE_BUFFER_DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/000000000000/Dead",
    RETURNS_TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:Returns",
  }));
  beforeEach(() => {
    cloud.reset();
  });
  after(() => {
    cloud.stop();
  });

  const published = () => {
    const [{ Message, TopicArn } = {}] = cloud.inputsOf("Publish");
    return { TopicArn, ...(JSON.parse(String(Message)) as object) };
  };

  it("puts a record with the version that it is given", async () => {
    expect(await createWriteBuffer<Order>().put({ id: "a" }, 7)).to.equal(7);
    expect(published()).to.deep.equal({
      TopicArn: "arn:aws:sns:us-east-1:000000000000:Orders",
      schemaVersion: 1,
      record: { id: "a" },
      version: 7,
    });
  });

  it("gives a record a version that exceeds all that it has given or was told of", async () => {
    const buffer = createWriteBuffer<Order>();
    const first = buffer.nextVersion();
    const ahead = buffer.nextVersion(first + 1_000_000_000);
    expect(ahead).to.be.above(first + 1_000_000_000);
    expect(await buffer.put({ id: "a" })).to.be.above(ahead);
  });

  it("tells two buffers of a function apart by their prefixes", async () => {
    await createWriteBuffer<Order>({ variablePrefix: "RETURNS" }).put({ id: "a" }, 1);
    expect(published().TopicArn).to.equal("arn:aws:sns:us-east-1:000000000000:Returns");
  });

  it("names the variable that is missing", () => {
    expect(() => createWriteBuffer({ variablePrefix: "NOWHERE" })).to.throw(
      "The environment variable NOWHERE_TOPIC_ARN is not set. Set it on the function.",
    );
  });

  it("throws where SNS refuses", async () => {
    cloud.answer("Publish", replyError(400, "AuthorizationError"));
    const error = await failureOf(createWriteBuffer<Order>().put({ id: "a" }));
    expect(error).to.be.an("error");
  });

  it("throws at its deadline where SNS does not answer", async () => {
    cloud.answer("Publish", hang);
    const settings = {
      ...DEFAULT_SETTINGS,
      sns: { ...DEFAULT_SETTINGS.sns, requestTimeoutMs: 60_000, deadlineMs: 50 },
    };
    const error = await failureOf(createWriteBuffer<Order>({ settings }).put({ id: "a" }));
    expect(error.name).to.be.oneOf(["AbortError", "TimeoutError"]);
  });

  const deliver = async (apply: (order: Order) => Promise<unknown>, ...ids: string[]) => {
    const handler = createRetryHandler<Order>({ parse: (input) => input as Order, apply });
    const Records = ids.map((id) => messageOf(id));
    const { batchItemFailures } = await handler({ Records }, {} as Context);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  const letters = () =>
    cloud.inputsOf("SendMessage").map(({ MessageAttributes: attributes }) => {
      const { reason, detail } = attributes as Record<string, { StringValue: string }>;
      return `${reason?.StringValue ?? ""}: ${detail?.StringValue ?? ""}`;
    });

  it("tells apply the record, its version, and how often it has come", async () => {
    const told: unknown[] = [];
    const handler = createRetryHandler<Order>({
      parse: (input) => input as Order,
      apply: (...given) => Promise.resolve(told.push(given)),
    });
    await handler({ Records: [messageOf("a", 3)] }, {} as Context);
    expect(told).to.deep.equal([
      [{ id: "a" }, { version: 5, messageId: "message-a", receiveCount: 3 }],
    ]);
  });

  it("judges each message of a batch by what became of it", async () => {
    const failed = await deliver(
      ({ id }) => {
        if (id === "later") throw new Error("The store is away.");
        if (id === "never") throw new RefusedWriteError("It is too large.");
        if (id === "closed")
          throw new RefusedWriteError("The shop is closed.", { reason: "shop-closed" });
        return Promise.resolve();
      },
      "fine",
      "later",
      "never",
      "closed",
    );
    expect(failed).to.deep.equal(["message-later"]);
    expect(letters()).to.have.members([
      "refused-write: It is too large.",
      "shop-closed: The shop is closed.",
    ]);
  });
});

function messageOf(id: string, receiveCount = 1): SQSRecord {
  return {
    messageId: `message-${id}`,
    receiptHandle: `receipt-${id}`,
    body: JSON.stringify({ schemaVersion: 1, record: { id }, version: 5 }),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(Date.now()),
      SenderId: "sender",
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:Orders",
    awsRegion: "us-east-1",
  };
}
