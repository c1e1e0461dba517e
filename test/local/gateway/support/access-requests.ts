import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { startCloud, type Cloud, type CloudOptions } from "../../../../local/cloud.ts";
import { clientSettings } from "../../../support/client-settings.ts";
import { rawRequest, type RawRequest } from "./raw-request.ts";

export type Headers = readonly (readonly [string, string])[];

const createTable = JSON.stringify({
  TableName: "planted",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
});
export const listTables: RawRequest = {
  method: "POST",
  body: "{}",
  headers: [
    ["Content-Type", "application/x-amz-json-1.0"],
    ["X-Amz-Target", "DynamoDB_20120810.ListTables"],
  ],
};
export const health: RawRequest = { target: "/_localstack/health" };

/** Requests of every kind that the gateway serves beside deployed APIs. */
export const kinds: Record<string, RawRequest> = {
  health,
  "the Chaos API": {
    method: "POST",
    target: "/_localstack/chaos/faults",
    body: '[{"service":"dynamodb"}]',
  },
  "what else is internal": { target: "/_outage-drill/anything" },
  "a JSON operation": {
    ...listTables,
    body: createTable,
    headers: [["X-Amz-Target", "DynamoDB_20120810.CreateTable"]],
  },
  "a query operation by GET": {
    target: `/?${new URLSearchParams({
      ...{ Action: "CreateRole", Version: "2010-05-08", RoleName: "planted" },
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "fis.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    }).toString()}`,
  },
  "a REST operation": { method: "POST", target: "/restapis", body: '{"name":"planted"}' },
  "a preflight request": {
    method: "OPTIONS",
    headers: [["Access-Control-Request-Method", "POST"]],
  },
  "a WebSocket": {
    headers: [
      ["Connection", "Upgrade"],
      ["Upgrade", "websocket"],
      ["Sec-WebSocket-Version", "13"],
      ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ],
  },
};

/** Sends a request with further headers in front of its own. */
export const send = (port: number, request: RawRequest, headers: Headers) =>
  rawRequest(port, { ...request, headers: [...headers, ...(request.headers ?? [])] });

export const host = (port: number) => ["Host", `127.0.0.1:${String(port)}`] as const;

/** Whether none of `kinds` has changed anything. */
export async function expectUntouched({ endpoint, port }: Cloud): Promise<void> {
  const dynamodb = new DynamoDBClient(clientSettings(endpoint));
  expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
  const faults = await fetch(`${endpoint}/_localstack/chaos/faults`);
  expect(await faults.json()).to.deep.equal([]);
  for (const target of ["/restapis", "/?Action=ListRoles&Version=2010-05-08"]) {
    const { status, body } = await send(port, { target }, [host(port)]);
    expect(status).to.equal(200);
    expect(body).not.to.contain("planted");
  }
}

/** Runs a test on a cloud of its own. */
export async function withCloud(
  options: CloudOptions,
  test: (cloud: Cloud) => Promise<void>,
): Promise<void> {
  const cloud = await startCloud(options);
  try {
    await test(cloud);
  } finally {
    await cloud.close();
  }
}
