import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedDynamodb, startDynamodb } from "../dynamodb/start-dynamodb.ts";

describe("KMS", () => {
  let cloud: StartedDynamodb;
  let kms: KMSClient;
  beforeEach(async () => {
    cloud = await startDynamodb();
    kms = new KMSClient(clientSettings(cloud.endpoint));
  });
  afterEach(async () => {
    kms.destroy();
    await cloud.close();
  });

  it("names the key that AWS manages for DynamoDB, which encrypted tables name too", async () => {
    const { TableName } = await cloud.table({ SSESpecification: { Enabled: true } });
    const { Table } = await cloud.client.send(new DescribeTableCommand({ TableName }));
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/dynamodb" }));
    expect(KeyMetadata).to.include({ KeyManager: "AWS", Enabled: true, KeyState: "Enabled" });
    expect(KeyMetadata?.Arn).to.match(/^arn:aws:kms:us-east-1:000000000000:key\/[0-9a-f-]{36}$/);
    expect(Table?.SSEDescription?.KMSMasterKeyArn).to.equal(KeyMetadata?.Arn);
  });

  it("has no key of its own", async () => {
    const failure = await failureOf(kms.send(new DescribeKeyCommand({ KeyId: "alias/orders" })));
    expect(failure.name).to.equal("NotFoundException");
    expect(failure.message).to.include("alias/orders");
  });
});
