import { closedLoop } from "../closed-loop.ts";
import type { Measure } from "../figure.ts";

/** PutItem straight to the endpoint: the ceiling of all that ends in the table. */
export const measureRawPuts: Measure = async ({ endpoint, outputs }) => {
  const { requestsPerSecond } = await closedLoop(
    {
      url: new URL(endpoint),
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.PutItem",
        "x-amz-date": "20260101T000000Z",
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${outputs.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: (n) =>
        JSON.stringify({
          TableName: outputs.productsTableName,
          Item: {
            id: { S: `raw-${String(n % 5_000)}` },
            name: { S: "Super Widget" },
            price: { N: "29.99" },
            description: { S: "A versatile widget that can be used for a variety of purposes." },
          },
        }),
    },
    { connections: 8, durationMs: 5_000 },
  );
  return [{ name: "raw DynamoDB puts, 8 connections", unit: "/s", value: requestsPerSecond }];
};
