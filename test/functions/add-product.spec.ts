import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { expect } from "chai";
import {
  FakeAws,
  hang,
  hangInBody,
  replyConflict,
  replyError,
  replyHtml,
  type Reply,
  reset,
} from "./support/fake-aws.ts";
import { LoadedFunction } from "./support/loaded-function.ts";

type AddProduct = LoadedFunction<Partial<APIGatewayProxyEvent>, APIGatewayProxyResult>;

const PRODUCT = { id: "prod-1", name: "Widget", price: "29.99", description: "Durable" };
const STORED = "Product added/updated successfully.";
const QUEUED = "A DynamoDB error occurred. Message sent to queue.";

describe("add-product", function () {
  this.timeout(10_000);

  const cloud = new FakeAws();
  let buffered: AddProduct;
  let unbuffered: AddProduct;

  before(async () => {
    const env = { AWS_ENDPOINT_URL: await cloud.start(), PRODUCTS_TABLE_NAME: "Products" };
    buffered = await LoadedFunction.load("add-product", {
      ...env,
      PRODUCT_EVENTS_TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:ProductEventsTopic",
    });
    unbuffered = await LoadedFunction.load("add-product", env);
    // A cold start on a busy machine may use up the time of a first call.
    await Promise.all([post(PRODUCT), post(PRODUCT, unbuffered)]);
  });
  beforeEach(() => {
    cloud.reset();
  });
  after(async () => {
    cloud.stop();
    await Promise.all([buffered.stop(), unbuffered.stop()]);
  });

  const post = (product: unknown, target = buffered) =>
    target.invoke({ body: JSON.stringify(product), isBase64Encoded: false });
  const published = () =>
    cloud.inputsOf("Publish").map(
      ({ Message }) =>
        JSON.parse(String(Message)) as {
          version: number;
          product: unknown;
          schemaVersion: number;
        },
    );
  const triedVersions = () =>
    cloud
      .inputsOf("PutItem")
      .map((input) => Number((input.Item as { version: { N: string } }).version.N));

  it("stores a product with its version and says so", async () => {
    const answer = await post(PRODUCT);
    expect(answer).to.deep.include({ statusCode: 200, body: STORED });
    const { version, ...attributes } = cloud.items.get("prod-1") ?? {};
    expect(attributes).to.deep.equal({
      id: { S: "prod-1" },
      name: { S: "Widget" },
      price: { N: "29.99" },
      description: { S: "Durable" },
    });
    expect(Number(version?.N)).to.be.within(1e15, 2 ** 53);
    expect(cloud.inputsOf("Publish")).to.be.empty;
  });

  it("keeps every digit of a price that is a JSON number", async () => {
    await buffered.invoke({
      body: '{"id":"p","price":12345678901234567890.123456789012345678}',
      isBase64Encoded: false,
    });
    expect(cloud.items.get("p")?.price).to.deep.equal({
      N: "12345678901234567890.123456789012345678",
    });
  });

  it("decodes a Base64 body", async () => {
    const body = Buffer.from(JSON.stringify(PRODUCT)).toString("base64");
    const { statusCode } = await buffered.invoke({ body, isBase64Encoded: true });
    expect(statusCode).to.equal(200);
    expect(cloud.items.has("prod-1")).to.equal(true);
  });

  it("answers 400 naming the field and calls nothing", async () => {
    const answer = await post({ ...PRODUCT, price: "cheap" });
    expect(answer.statusCode).to.equal(400);
    expect(answer.body).to.equal(
      'Field price must be a number or a numeric string, such as 49.99 or "49.99".',
    );
    expect(cloud.calls).to.be.empty;
  });

  const failures: [string, Reply][] = [
    ["a 500 of any name", replyError(500, "DynamoDbException")],
    ["InternalServerError", replyError(500, "InternalServerError")],
    ["ServiceUnavailable", replyError(503, "ServiceUnavailable")],
    ["throttling", replyError(400, "ProvisionedThroughputExceededException")],
    ["access denied", replyError(400, "AccessDeniedException")],
    ["a missing table", replyError(400, "ResourceNotFoundException")],
    [
      "a ValidationException about the table",
      replyError(400, "ValidationException", "The provided key element does not match the schema"),
    ],
    [
      "an injected ConditionalCheckFailedException",
      replyError(400, "ConditionalCheckFailedException"),
    ],
    ["a 503 whose body is HTML", replyHtml],
    ["no answer", hang],
    ["an answer that stalls", hangInBody],
    ["a connection reset", reset],
  ];
  for (const [name, reply] of failures) {
    it(`queues the write on ${name}`, async () => {
      cloud.answer("PutItem", reply);
      const answer = await post(PRODUCT);
      expect(answer).to.deep.include({ statusCode: 200, body: QUEUED });
      expect(published()).to.deep.equal([
        { schemaVersion: 1, product: PRODUCT, version: Math.max(...triedVersions()) },
      ]);
    });
  }

  it("stores after one failed attempt without the queue", async () => {
    cloud.answer("PutItem", replyError(500, "InternalServerError"), (_call, response) => {
      response.end("{}");
    });
    expect(await post(PRODUCT)).to.deep.include({ statusCode: 200, body: STORED });
    expect(new Set(triedVersions()).size).to.equal(1);
    expect(published()).to.be.empty;
  });

  it("acknowledges nothing when SNS fails as well", async () => {
    cloud.answer("PutItem", replyError(400, "AccessDeniedException"));
    cloud.answer("Publish", (_call, response) => {
      response.writeHead(500, { "content-type": "text/xml" });
      response.end(
        "<ErrorResponse><Error><Type>Receiver</Type><Code>InternalError</Code><Message>m</Message></Error></ErrorResponse>",
      );
    });
    const answer = await post(PRODUCT);
    expect(answer).to.deep.include({
      statusCode: 503,
      body: "DynamoDB did not accept the write (AccessDeniedException), nor did SNS (InternalErrorException). Send it again later.",
    });
    expect(answer.headers).to.include({ "retry-after": "5" });
  });

  it("acknowledges nothing when neither answers", async () => {
    cloud.answer("PutItem", hang);
    cloud.answer("Publish", hang);
    expect((await post(PRODUCT)).statusCode).to.equal(503);
  });

  it("answers 503 without a topic", async () => {
    cloud.answer("PutItem", replyError(400, "AccessDeniedException"));
    const answer = await post(PRODUCT, unbuffered);
    expect(answer).to.deep.include({
      statusCode: 503,
      body: "DynamoDB did not accept the write (AccessDeniedException). Send it again later.",
    });
    expect(answer.headers).to.include({ "retry-after": "5" });
  });

  it("answers 400 when the item itself is at fault", async () => {
    const message = "Item size has exceeded the maximum allowed size";
    cloud.answer("PutItem", replyError(400, "ValidationException", message));
    const answer = await post(PRODUCT);
    expect(answer.statusCode).to.equal(400);
    expect(answer.body).to.contain(message);
    expect(published()).to.be.empty;
  });

  it("comes after a write of a host whose clock is an hour ahead", async () => {
    const ahead = (Date.now() + 3_600_000) * 1_000;
    cloud.items.set("prod-1", {
      id: { S: "prod-1" },
      name: { S: "Old" },
      version: { N: String(ahead) },
    });
    expect(await post(PRODUCT)).to.deep.include({ statusCode: 200, body: STORED });
    expect(cloud.items.get("prod-1")).to.deep.include({
      name: { S: "Widget" },
      version: { N: String(ahead + 1) },
    });
  });

  it("queues the highest version it tried", async () => {
    const ahead = (Date.now() + 7_200_000) * 1_000;
    cloud.answer(
      "PutItem",
      replyConflict({ version: { N: String(ahead) } }),
      replyError(500, "DynamoDbException"),
    );
    await post(PRODUCT);
    expect(published()[0]?.version).to.equal(ahead + 1);
  });

  it("acknowledges a write that loses to concurrent ones, when the table does not say which", async () => {
    cloud.answer("PutItem", replyConflict());
    expect(await post(PRODUCT)).to.deep.include({ statusCode: 200, body: STORED });
    expect(triedVersions()).to.have.lengthOf(4);
    expect(published()).to.be.empty;
  });
});
