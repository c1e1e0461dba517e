import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { expect } from "chai";
import { FakeAws, hang, replyError, replyHtml, type Reply } from "./support/fake-aws.ts";
import { LoadedFunction } from "./support/loaded-function.ts";

describe("get-product", function () {
  this.timeout(10_000);

  const cloud = new FakeAws();
  let getProduct: LoadedFunction<Partial<APIGatewayProxyEvent>, APIGatewayProxyResult>;

  before(async () => {
    getProduct = await LoadedFunction.load("get-product", {
      AWS_ENDPOINT_URL: await cloud.start(),
      PRODUCTS_TABLE_NAME: "Products",
    });
    // A cold start on a busy machine may use up the time of a first call.
    await get("warm-up");
  });
  beforeEach(() => {
    cloud.reset();
  });
  after(async () => {
    cloud.stop();
    await getProduct.stop();
  });

  const get = (id?: string) =>
    getProduct.invoke({ queryStringParameters: id === undefined ? null : { id } });

  it("answers the four attributes with every digit of the price", async () => {
    cloud.items.set("prod-1", {
      id: { S: "prod-1" },
      name: { S: "Widget" },
      price: { N: "12345678901234567890.12" },
      description: { S: "Durable" },
      version: { N: "1" },
    });
    const { statusCode, headers, body } = await get("prod-1");
    expect(statusCode).to.equal(200);
    expect(headers).to.include({ "content-type": "application/json" });
    expect(JSON.parse(body)).to.deep.equal({
      id: "prod-1",
      name: "Widget",
      price: "12345678901234567890.12",
      description: "Durable",
    });
  });

  it("reads what the last acknowledged write left", async () => {
    await get("prod-1");
    expect(cloud.inputsOf("GetItem")[0]).to.include({ ConsistentRead: true });
  });

  it("answers 404 for an id that is not there", async () => {
    expect(await get("none")).to.deep.include({ statusCode: 404, body: "Product not found" });
  });

  for (const id of [undefined, "", "x".repeat(2_049)])
    it(`answers 400 to an id of ${id?.length ?? "no"} characters`, async () => {
      expect((await get(id)).statusCode).to.equal(400);
      expect(cloud.calls).to.be.empty;
    });

  const failures: [string, string, Reply][] = [
    ["an error", "DynamoDbException", replyError(500, "DynamoDbException")],
    ["access denied", "AccessDeniedException", replyError(400, "AccessDeniedException")],
    ["an HTML body", "SyntaxError", replyHtml],
    ["no answer", "TimeoutError", hang],
  ];
  for (const [name, error, reply] of failures)
    it(`answers 503 on ${name}`, async () => {
      cloud.answer("GetItem", reply);
      const answer = await get("prod-1");
      expect(answer).to.deep.include({
        statusCode: 503,
        body: `DynamoDB did not answer the read (${error}). Try again later.`,
      });
      expect(answer.headers).to.include({ "retry-after": "5" });
    });
});
