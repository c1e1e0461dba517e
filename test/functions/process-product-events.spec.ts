import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { expect } from "chai";
import { FakeAws, hang, replyError, replyHtml, type Reply } from "./support/fake-aws.ts";
import { LoadedFunction } from "./support/loaded-function.ts";

const HOUR_MS = 3_600_000;
const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/ProductEventsQueue";
const DEAD_LETTER_QUEUE_URL = `${QUEUE_URL}Dead`;

describe("process-product-events", function () {
  this.timeout(10_000);

  const cloud = new FakeAws();
  let processProductEvents: LoadedFunction<SQSEvent, SQSBatchResponse>;

  before(async () => {
    processProductEvents = await LoadedFunction.load("process-product-events", {
      AWS_ENDPOINT_URL: await cloud.start(),
      PRODUCTS_TABLE_NAME: "Products",
      PRODUCT_EVENTS_QUEUE_URL: QUEUE_URL,
      PRODUCT_EVENTS_DEAD_LETTER_QUEUE_URL: DEAD_LETTER_QUEUE_URL,
    });
    // A cold start on a busy machine may use up the time of a first call.
    await deliver(message("warm-up", eventOf("warm-up", 1)));
  });
  beforeEach(() => {
    cloud.reset();
  });
  after(async () => {
    cloud.stop();
    await processProductEvents.stop();
  });

  /** Delivers messages and returns the ids that go back to the queue. */
  const deliver = async (...Records: SQSRecord[]) => {
    const response = await processProductEvents.invoke({ Records });
    return response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  const storedName = (id: string) => cloud.items.get(id)?.name?.S;

  it("puts every message of a batch, whatever their order", async () => {
    const failed = await deliver(
      message("m1", eventOf("a", 2, "second")),
      message("m2", eventOf("a", 1, "first")),
      message("m3", eventOf("b", 1)),
    );
    expect(failed).to.be.empty;
    expect(storedName("a")).to.equal("second");
    expect([...cloud.items.keys()].sort()).to.deep.equal(["a", "b"]);
  });

  it("never overwrites a newer write, and a second delivery changes nothing", async () => {
    await deliver(message("m1", eventOf("a", 5, "newer")));
    expect(await deliver(message("m2", eventOf("a", 4, "late")))).to.be.empty;
    expect(await deliver(message("m1", eventOf("a", 5, "again")))).to.be.empty;
    expect(storedName("a")).to.equal("newer");
    expect(cloud.inputsOf("SendMessage")).to.be.empty;
  });

  it("reads an event inside an SNS notification", async () => {
    const body = JSON.stringify({ Type: "Notification", Message: eventOf("a", 1) });
    expect(await deliver(message("m1", body))).to.be.empty;
    expect(storedName("a")).to.equal("Widget");
  });

  const outages: [string, Reply][] = [
    ["an error", replyError(500, "DynamoDbException")],
    ["throttling", replyError(400, "ProvisionedThroughputExceededException")],
    ["access denied", replyError(400, "AccessDeniedException")],
    ["a missing table", replyError(400, "ResourceNotFoundException")],
    ["an HTML body", replyHtml],
    ["no answer", hang],
  ];
  for (const [name, reply] of outages)
    it(`returns a message that met ${name} with a delay that grows`, async () => {
      cloud.answer("PutItem", reply);
      const failed = await deliver(
        message("m1", eventOf("a", 1), { receiveCount: 1 }),
        message("m2", eventOf("b", 1), { receiveCount: 4 }),
      );
      expect(failed).to.have.members(["m1", "m2"]);
      const [input] = cloud.inputsOf("ChangeMessageVisibilityBatch");
      expect(input).to.deep.equal({
        QueueUrl: QUEUE_URL,
        Entries: [
          { Id: "0", ReceiptHandle: "receipt-m1", VisibilityTimeout: 1 },
          { Id: "1", ReceiptHandle: "receipt-m2", VisibilityTimeout: 8 },
        ],
      });
      expect(cloud.inputsOf("SendMessage")).to.be.empty;
    });

  it("returns only the messages that failed", async () => {
    cloud.answer("PutItem", (call, response) => {
      if (JSON.stringify(call.input).includes('"broken"'))
        replyError(400, "AccessDeniedException")(call, response);
      else response.end("{}");
    });
    const failed = await deliver(
      message("m1", eventOf("fine", 1)),
      message("m2", eventOf("broken", 1)),
    );
    expect(failed).to.deep.equal(["m2"]);
  });

  it("returns a message whose delay cannot be set", async () => {
    cloud.answer("PutItem", replyError(400, "AccessDeniedException"));
    cloud.answer("ChangeMessageVisibilityBatch", replyError(500, "InternalError"));
    expect(await deliver(message("m1", eventOf("a", 1)))).to.deep.equal(["m1"]);
  });

  const poison: [string, string, string][] = [
    ["no JSON", "not json", "The message must be JSON."],
    ["no event", "[]", "The message must be a JSON object."],
    [
      "another schema version",
      eventOf("a", 1).replace('"schemaVersion":1', '"schemaVersion":2'),
      "Field schemaVersion must be 1.",
    ],
    ["a bad product", eventOf("", 1), "Field product.id must be a string that is not empty."],
  ];
  for (const [name, body, detail] of poison)
    it(`moves a message with ${name} to the dead-letter queue with the reason`, async () => {
      expect(await deliver(message("m1", body), message("m2", eventOf("b", 1)))).to.be.empty;
      expect(cloud.inputsOf("SendMessage")).to.deep.equal([
        {
          QueueUrl: DEAD_LETTER_QUEUE_URL,
          MessageBody: body,
          MessageAttributes: {
            reason: { DataType: "String", StringValue: "invalid-message" },
            detail: { DataType: "String", StringValue: detail },
            sourceMessageId: { DataType: "String", StringValue: "m1" },
          },
        },
      ]);
      expect([...cloud.items.keys()]).to.deep.equal(["b"]);
    });

  it("moves an item that DynamoDB will never take to the dead-letter queue", async () => {
    cloud.answer(
      "PutItem",
      replyError(400, "ValidationException", "Item size has exceeded the maximum allowed size"),
    );
    expect(await deliver(message("m1", eventOf("a", 1)))).to.be.empty;
    expect(reasons()).to.deep.equal(["refused-item"]);
  });

  it("returns a message that the dead-letter queue did not take", async () => {
    cloud.answer("SendMessage", replyError(500, "InternalError"));
    expect(await deliver(message("m1", "not json"))).to.deep.equal(["m1"]);
  });

  it("moves a message that SQS would soon delete to the dead-letter queue", async () => {
    cloud.answer("PutItem", replyError(500, "DynamoDbException"));
    const ageMs = 4 * 24 * HOUR_MS - HOUR_MS / 2;
    expect(await deliver(message("m1", eventOf("a", 1), { ageMs }))).to.be.empty;
    expect(reasons()).to.deep.equal(["expired"]);
  });

  it("puts an old message once DynamoDB takes it, as after a redrive", async () => {
    expect(await deliver(message("m1", eventOf("a", 1), { ageMs: 10 * 24 * HOUR_MS }))).to.be.empty;
    expect(storedName("a")).to.equal("Widget");
    expect(cloud.inputsOf("SendMessage")).to.be.empty;
  });

  it("logs nothing for a write that succeeds", async () => {
    const { log } = processProductEvents;
    await deliver(message("m1", eventOf("a", 1)));
    expect(processProductEvents.log).to.equal(log);
  });

  function reasons(): unknown[] {
    return cloud
      .inputsOf("SendMessage")
      .map(
        ({ MessageAttributes: attributes }) =>
          (attributes as { reason: { StringValue: string } }).reason.StringValue,
      );
  }
});

function eventOf(id: string, version: number, name = "Widget"): string {
  const product = { id, name, price: "29.99", description: "Durable" };
  return JSON.stringify({ schemaVersion: 1, product, version });
}

function message(
  messageId: string,
  body: string,
  { receiveCount = 1, ageMs = 0 }: { receiveCount?: number; ageMs?: number } = {},
): SQSRecord {
  const sentTimestamp = String(Date.now() - ageMs);
  return {
    messageId,
    receiptHandle: `receipt-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: sentTimestamp,
      SenderId: "sender",
      ApproximateFirstReceiveTimestamp: sentTimestamp,
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:ProductEventsQueue",
    awsRegion: "us-east-1",
  };
}
