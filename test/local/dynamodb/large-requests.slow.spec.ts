import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { type CloudProcess, startCloudProcess } from "../../e2e/support/start-cloud-process.ts";
import { type HealthPoller, pollHealth } from "../gateway/support/health-poller.ts";

/** What others may have to wait for a request that is as large as DynamoDB takes. */
const longestMs = 250;
/** The machine may be busy with other things. */
const attempts = 4;

describe("No request to DynamoDB keeps others waiting", function () {
  this.timeout(300_000);
  let cloud: CloudProcess;
  let poller: HealthPoller;
  before(async () => {
    cloud = await startCloudProcess(["--no-deploy"]);
    poller = pollHealth(cloud.endpoint);
  });
  after(async () => {
    await poller.close();
    await cloud.kill();
  });

  async function send(operation: string, body: string): Promise<{ status: number; text: string }> {
    const response = await fetch(cloud.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, Signature=0",
      },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  async function table(): Promise<string> {
    const TableName = `table-${randomUUID()}`;
    const { status, text } = await send(
      "CreateTable",
      JSON.stringify({
        TableName,
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
    expect(status, text).to.equal(200);
    return TableName;
  }

  /** The longest that anyone waited, at the best of some attempts. */
  async function waitDuring(operation: string, body: string, status: number): Promise<number> {
    let best = Infinity;
    for (let attempt = 0; attempt < attempts && best > longestMs; attempt++) {
      await poller.longest();
      const answer = await send(operation, body);
      best = Math.min(best, await poller.longest());
      expect(answer.status, answer.text.slice(0, 300)).to.equal(status);
    }
    if (process.env["SHOW_WAITS"]) console.log(`${operation}: ${best.toFixed(0)} ms`);
    return best;
  }

  const list = (count: number, value: object) =>
    `{"L":[${Array<string>(count).fill(JSON.stringify(value)).join(",")}]}`;
  const numbers = (count: number) => list(count, { N: "1" });
  const item = (id: number, content: string) => `{"id":{"S":"${String(id)}"},"list":${content}}`;
  const items = (count: number, of: (id: number) => string) =>
    Array.from({ length: count }, (_, id) => of(id)).join(",");
  const puts = (count: number, content: string) =>
    items(count, (id) => `{"PutRequest":{"Item":${item(id, content)}}}`);

  const cases: readonly [
    what: string,
    operation: string,
    status: number,
    body: (table: string) => string,
  ][] = [
    [
      "25 items of 25,000 numbers",
      "BatchWriteItem",
      200,
      (name) => `{"RequestItems":{"${name}":[${puts(25, numbers(25_000))}]}}`,
    ],
    [
      "25 items of 7,000 texts that are empty",
      "BatchWriteItem",
      200,
      (name) => `{"RequestItems":{"${name}":[${puts(25, list(7_000, { S: "" }))}]}}`,
    ],
    [
      "one item of 130,000 numbers",
      "PutItem",
      200,
      (name) => `{"TableName":"${name}","Item":${item(1, numbers(130_000))}}`,
    ],
    [
      "one item that is far too large",
      "PutItem",
      400,
      (name) => `{"TableName":"${name}","Item":${item(1, numbers(1_200_000))}}`,
    ],
    [
      "a value of 120,000 numbers",
      "UpdateItem",
      200,
      (name) =>
        `{"TableName":"${name}","Key":{"id":{"S":"1"}},"UpdateExpression":"SET a = :a","ExpressionAttributeValues":{":a":${numbers(120_000)}}}`,
    ],
    [
      "40 items of 25,000 numbers",
      "TransactWriteItems",
      200,
      (name) =>
        `{"TransactItems":[${items(40, (id) => `{"Put":{"TableName":"${name}","Item":${item(id, numbers(25_000))}}}`)}]}`,
    ],
    [
      "items that are far too large",
      "BatchWriteItem",
      400,
      (name) => `{"RequestItems":{"${name}":[${puts(2, numbers(600_000))}]}}`,
    ],
  ];
  for (const [what, operation, status, body] of cases)
    it(`${operation} with ${what}`, async () => {
      expect(await waitDuring(operation, body(await table()), status)).to.be.at.most(longestMs);
    });

  it("reading many large items", async () => {
    const name = await table();
    for (let at = 0; at < 4; at++) {
      const batch = items(
        25,
        (id) => `{"PutRequest":{"Item":${item(at * 25 + id, numbers(25_000))}}}`,
      );
      const { status } = await send("BatchWriteItem", `{"RequestItems":{"${name}":[${batch}]}}`);
      expect(status).to.equal(200);
    }
    const keys = items(100, (id) => `{"id":{"S":"${String(id)}"}}`);
    const waits = {
      BatchGetItem: await waitDuring(
        "BatchGetItem",
        `{"RequestItems":{"${name}":{"Keys":[${keys}]}}}`,
        200,
      ),
      Scan: await waitDuring("Scan", `{"TableName":"${name}"}`, 200),
    };
    expect(Math.max(...Object.values(waits)), JSON.stringify(waits)).to.be.at.most(longestMs);
  });

  it("reading many small items", async () => {
    const name = await table();
    for (let at = 0; at < 400; at++) {
      const batch = items(25, (id) => `{"PutRequest":{"Item":${item(at * 25 + id, '{"S":"x"}')}}}`);
      await send("BatchWriteItem", `{"RequestItems":{"${name}":[${batch}]}}`);
    }
    const filter = Array.from({ length: 100 }, () => "#l = :a").join(" OR ");
    const waits = {
      Scan: await waitDuring("Scan", `{"TableName":"${name}"}`, 200),
      "Scan with a filter": await waitDuring(
        "Scan",
        `{"TableName":"${name}","FilterExpression":"${filter}","ExpressionAttributeNames":{"#l":"list"},"ExpressionAttributeValues":{":a":{"S":"y"}}}`,
        200,
      ),
    };
    expect(Math.max(...Object.values(waits)), JSON.stringify(waits)).to.be.at.most(longestMs);
  });
});
