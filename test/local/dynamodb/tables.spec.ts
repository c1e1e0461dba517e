import {
  DeleteResourcePolicyCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedDynamodb, startDynamodb } from "./start-dynamodb.ts";

describe("DynamoDB tables", () => {
  let cloud: StartedDynamodb;
  beforeEach(async () => (cloud = await startDynamodb()));
  afterEach(() => cloud.close());

  const describeTable = async (TableName: string) =>
    (await cloud.client.send(new DescribeTableCommand({ TableName }))).Table;

  it("keep deletion protection, table class and encryption", async () => {
    const { TableName } = await cloud.table({
      DeletionProtectionEnabled: true,
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      SSESpecification: { Enabled: true },
    });
    const table = await describeTable(TableName);
    expect(table?.DeletionProtectionEnabled).to.equal(true);
    expect(table?.TableClassSummary?.TableClass).to.equal("STANDARD_INFREQUENT_ACCESS");
    expect(table?.SSEDescription).to.include({ Status: "ENABLED", SSEType: "KMS" });
  });

  it("have a warm throughput, which can be raised and not lowered", async () => {
    const { TableName } = await cloud.table();
    const warmThroughput = async () => (await describeTable(TableName))?.WarmThroughput;
    const usual = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: "ACTIVE" };
    expect(await warmThroughput()).to.deep.equal(usual);
    const ask = (ReadUnitsPerSecond: number) =>
      cloud.client.send(
        new UpdateTableCommand({ TableName, WarmThroughput: { ReadUnitsPerSecond } }),
      );
    await ask(15_000);
    expect(await warmThroughput()).to.deep.equal({ ...usual, ReadUnitsPerSecond: 15_000 });
    const failure = await failureOf(ask(14_000));
    expect(failure.name).to.equal("ValidationException");
    expect(failure.message).to.include("ReadUnitsPerSecond");
    expect(await warmThroughput()).to.deep.equal({ ...usual, ReadUnitsPerSecond: 15_000 });
  });

  it("have the warm throughput that they and their indexes are provisioned for", async () => {
    const key = { AttributeName: "id", KeyType: "HASH" } as const;
    const capacity = (units: number) => ({ ReadCapacityUnits: units, WriteCapacityUnits: units });
    const { TableName } = await cloud.table({
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: capacity(7),
      GlobalSecondaryIndexes: [
        {
          IndexName: "byId",
          KeySchema: [key],
          Projection: { ProjectionType: "ALL" },
          ProvisionedThroughput: capacity(3),
        },
      ],
    });
    const table = await describeTable(TableName);
    const warm = (units: number) => ({
      ReadUnitsPerSecond: units,
      WriteUnitsPerSecond: units,
      Status: "ACTIVE",
    });
    expect(table?.WarmThroughput).to.deep.equal(warm(7));
    expect(table?.GlobalSecondaryIndexes?.[0]?.WarmThroughput).to.deep.equal(warm(3));
  });

  it("are not deleted while protected, and are afterwards", async () => {
    const { TableName } = await cloud.table({ DeletionProtectionEnabled: true });
    const failure = await failureOf(cloud.client.send(new DeleteTableCommand({ TableName })));
    expect(failure.name).to.equal("ValidationException");
    expect(failure.message).to.include("protected against deletion");
    await cloud.client.send(
      new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }),
    );
    await cloud.client.send(new DeleteTableCommand({ TableName }));
    const gone = await failureOf(describeTable(TableName));
    expect(gone.name).to.equal("ResourceNotFoundException");
  });

  it("change settings without touching their items", async () => {
    const { TableName } = await cloud.table();
    await cloud.client.send(new PutItemCommand({ TableName, Item: { id: { S: "1" } } }));
    await cloud.client.send(
      new UpdateTableCommand({ TableName, TableClass: "STANDARD_INFREQUENT_ACCESS" }),
    );
    const table = await describeTable(TableName);
    expect(table?.TableClassSummary?.TableClass).to.equal("STANDARD_INFREQUENT_ACCESS");
    const { Count } = await cloud.client.send(new ScanCommand({ TableName }));
    expect(Count).to.equal(1);
  });

  it("have point-in-time recovery switched on and off", async () => {
    const { TableName } = await cloud.table();
    const status = async () =>
      (await cloud.client.send(new DescribeContinuousBackupsCommand({ TableName })))
        .ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    const update = (PointInTimeRecoveryEnabled: boolean) =>
      cloud.client.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
        }),
      );
    expect(await status()).to.equal("DISABLED");
    await update(true);
    expect(await status()).to.equal("ENABLED");
    await update(false);
    expect(await status()).to.equal("DISABLED");
  });

  it("have a resource policy with revisions", async () => {
    const { arn: ResourceArn } = await cloud.table();
    const get = () => cloud.client.send(new GetResourcePolicyCommand({ ResourceArn }));
    expect((await failureOf(get())).name).to.equal("PolicyNotFoundException");
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const put = (ExpectedRevisionId?: string) =>
      cloud.client.send(new PutResourcePolicyCommand({ ResourceArn, Policy, ExpectedRevisionId }));
    const { RevisionId } = await put();
    expect(await get()).to.include({ Policy, RevisionId });
    expect((await failureOf(put("another"))).name).to.equal("PolicyNotFoundException");
    await cloud.client.send(new DeleteResourcePolicyCommand({ ResourceArn }));
    expect((await failureOf(get())).name).to.equal("PolicyNotFoundException");
  });

  it("have tags from their creation on", async () => {
    const { arn: ResourceArn } = await cloud.table({ Tags: [{ Key: "team", Value: "red" }] });
    await cloud.client.send(
      new TagResourceCommand({ ResourceArn, Tags: [{ Key: "stage", Value: "dev" }] }),
    );
    await cloud.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["team"] }));
    const { Tags } = await cloud.client.send(new ListTagsOfResourceCommand({ ResourceArn }));
    expect(Tags).to.deep.equal([{ Key: "stage", Value: "dev" }]);
  });

  it("are of one region", async () => {
    const { TableName } = await cloud.table();
    const elsewhere = new DynamoDBClient({
      ...clientSettings(cloud.endpoint),
      region: "eu-central-1",
    });
    const { TableNames } = await elsewhere.send(new ListTablesCommand({}));
    expect(TableNames).to.deep.equal([]);
    const failure = await failureOf(elsewhere.send(new DescribeTableCommand({ TableName })));
    expect(failure.name).to.equal("ResourceNotFoundException");
    elsewhere.destroy();
  });

  it("refuse by name what is not served", async () => {
    const failure = await failureOf(
      cloud.table({ OnDemandThroughput: { MaxReadRequestUnits: 5 } }),
    );
    expect(failure.name).to.equal("ValidationException");
    expect(failure.message).to.include("OnDemandThroughput");
  });
});
