import {
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { DeleteMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { PolicyStatement } from "../../../local/iam/policy-document.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type RoleUnderTest, serveRoleUnderTest } from "../../support/role-under-test.ts";

const products = "arn:aws:dynamodb:us-east-1:000000000000:table/Products";
const orders = "arn:aws:dynamodb:us-east-1:000000000000:table/Orders";
const queueUrl = "http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/Events";

describe("authorize", () => {
  let role: RoleUnderTest;
  let dynamodb: DynamoDBClient;
  let sqs: SQSClient;
  beforeEach(async () => {
    role = await serveRoleUnderTest();
    dynamodb = new DynamoDBClient(role.settings);
    sqs = new SQSClient(role.settings);
  });
  afterEach(async () => {
    dynamodb.destroy();
    sqs.destroy();
    await role.close();
  });

  function allow(Action: string | string[], Resource: string | string[] = "*"): PolicyStatement {
    return { Effect: "Allow", Action, Resource };
  }

  const putProduct = () =>
    dynamodb.send(new PutItemCommand({ TableName: "Products", Item: { id: { S: "1" } } }));

  it("lets a role do what its policy allows", async () => {
    role.grant(allow("dynamodb:PutItem", products));
    await putProduct();
    role.grant(allow("sqs:DeleteMessage"));
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: [{ Id: "1", ReceiptHandle: "r" }],
      }),
    );
  });

  it("sees a change of a policy at the next call", async () => {
    role.grant(allow("dynamodb:PutItem", products));
    await putProduct();
    role.grant(allow("dynamodb:GetItem", products));
    expect((await failureOf(putProduct())).name).to.equal("AccessDeniedException");
  });

  it("asks for every table of a batch and every action of a transaction", async () => {
    const Put = { Item: { id: { S: "1" } } };
    const requests = { PutRequest: Put };
    const batch = new BatchWriteItemCommand({
      RequestItems: { Products: [requests], Orders: [requests] },
    });
    role.grant(allow("dynamodb:BatchWriteItem", products));
    expect((await failureOf(dynamodb.send(batch))).message).to.include(orders);
    role.grant(allow("dynamodb:BatchWriteItem", [products, orders]));
    await dynamodb.send(batch);

    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { ...Put, TableName: "Products" } },
        { Delete: { Key: { id: { S: "1" } }, TableName: orders } },
      ],
    });
    role.grant(allow("dynamodb:PutItem"));
    expect((await failureOf(dynamodb.send(transaction))).message).to.include(
      `dynamodb:DeleteItem on resource: ${orders}`,
    );
    role.grant(allow(["dynamodb:PutItem", "dynamodb:DeleteItem"]));
    await dynamodb.send(transaction);
  });

  it("takes an index for a resource of its own, under its table's policy", async () => {
    const query = new QueryCommand({ TableName: "Products", IndexName: "by-name" });
    role.grant(allow("dynamodb:Query", products));
    expect((await failureOf(dynamodb.send(query))).message).to.include(`${products}/index/by-name`);
    role.grant(allow("dynamodb:Query", `${products}/index/*`));
    await dynamodb.send(query);
    role.resourcePolicies.set(
      products,
      JSON.stringify({
        Statement: { Effect: "Deny", Principal: "*", Action: "dynamodb:*", Resource: "*" },
      }),
    );
    expect((await failureOf(dynamodb.send(query))).message).to.include(
      "with an explicit deny in a resource-based policy",
    );
  });

  it("counts the resource's policy and the role's as one", async () => {
    const Principal = { AWS: "arn:aws:iam::000000000000:role/writer" };
    const statement = { Effect: "Allow", Principal, Action: "dynamodb:PutItem", Resource: "*" };
    role.resourcePolicies.set(products, JSON.stringify({ Statement: statement }));
    await putProduct();
    role.grant({ Effect: "Deny", Action: "dynamodb:Put*", Resource: "*" });
    expect((await failureOf(putProduct())).message).to.include(
      "with an explicit deny in an identity-based policy",
    );
  });

  it("denies everything for a resource's policy that it cannot read, and logs why", async () => {
    role.grant(allow("*"));
    role.resourcePolicies.set(products, '{"Statement":{"Effect":"Deny","Acton":"*"}}');
    for (let attempt = 0; attempt < 2; attempt++)
      expect((await failureOf(putProduct())).message).to.include("resource-based policy");
    const reasons = role.entries.filter(({ event }) => event !== "access-denied");
    expect(reasons).to.deep.equal([
      {
        event: "resource-policy-unreadable",
        problem: "Syntax errors in policy. (unknown element Acton)",
      },
    ]);
  });

  it("knows the condition keys of a role's call", async () => {
    const under = (Condition: PolicyStatement["Condition"]) => {
      role.grant({ ...allow("dynamodb:PutItem"), ...(Condition && { Condition }) });
    };
    role.resourceTags.set(products, { stage: "dev" });
    under({
      StringEquals: {
        "aws:RequestedRegion": "us-east-1",
        "aws:PrincipalAccount": "000000000000",
        "aws:PrincipalTag/team": "red",
        "aws:ResourceTag/stage": "dev",
        "aws:userid": "AROAAAAAAAAAAAAAAAAAA:writer-1",
      },
      ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/writer" },
      Bool: { "aws:SecureTransport": "true" },
      StringLike: { "aws:UserAgent": "aws-sdk-js/*" },
      IpAddress: { "aws:SourceIp": "127.0.0.0/8" },
      DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
    });
    await putProduct();
    expect(role.entries).to.deep.equal([]);
    under({ StringEquals: { "aws:ResourceTag/stage": "prod" } });
    expect((await failureOf(putProduct())).name).to.equal("AccessDeniedException");
  });

  it("logs, once, the condition keys that have no value here", async () => {
    role.grant({
      ...allow("dynamodb:PutItem"),
      Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
    });
    await putProduct();
    await putProduct();
    expect(role.entries).to.deep.equal([
      { event: "condition-keys-without-value", keys: ["aws:SourceVpce"] },
    ]);
  });

  it("denies an operation whose action is not known, and logs its name", async () => {
    role.grant(allow("*"));
    const answer = await fetch(role.endpoint, {
      method: "POST",
      headers: {
        "x-amz-target": "DynamoDB_20120810.ExportTable",
        authorization: `AWS4-HMAC-SHA256 Credential=${role.settings.credentials.accessKeyId}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: "{}",
    });
    expect(answer.status).to.equal(400);
    expect(await answer.text()).to.include("AccessDeniedException");
    expect(role.entries[0]).to.include({ event: "action-unknown", action: "dynamodb:ExportTable" });
  });

  it("refuses credentials that were revoked, and does not take them for test keys", async () => {
    role.grant(allow("*"));
    await putProduct();
    role.iam.revokeCredentials(role.settings.credentials.accessKeyId);
    const failure = await failureOf(putProduct());
    expect(failure.name).to.equal("ExpiredTokenException");
    expect(failure.$metadata?.httpStatusCode).to.equal(400);
  });

  it("does not check a call with test keys", async () => {
    const client = new DynamoDBClient(clientSettings(role.endpoint));
    await client.send(new PutItemCommand({ TableName: "Products", Item: { id: { S: "1" } } }));
    client.destroy();
  });
});
