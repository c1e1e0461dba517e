import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";

describe("DynamoDB time to live", () => {
  let cloud: Cloud;
  let dynamodb: DynamoDBClient;

  before(async () => {
    cloud = await startCloud();
    dynamodb = new DynamoDBClient(clientSettings(cloud.endpoint));
  });

  after(async () => {
    dynamodb.destroy();
    await cloud.close();
  });

  async function createTable(TableName: string): Promise<void> {
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
        Tags: [{ Key: "a", Value: "b" }],
      }),
    );
  }

  const update = (TableName: string, Enabled: boolean, AttributeName = "endsAt") =>
    dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled, AttributeName },
      }),
    );
  const describeOf = (TableName: string) =>
    dynamodb
      .send(new DescribeTimeToLiveCommand({ TableName }))
      .then((answer) => answer.TimeToLiveDescription);
  const inSeconds = (offset: number) => String(Math.floor(Date.now() / 1000) + offset);
  const has = async (TableName: string, id: string) =>
    (await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item !==
    undefined;

  it("deletes items whose time has come, and no others", async () => {
    await createTable("Expiring");
    const put = (id: string, endsAt?: { N: string } | { S: string }) =>
      dynamodb.send(
        new PutItemCommand({
          TableName: "Expiring",
          Item: { id: { S: id }, ...(endsAt && { endsAt }) },
        }),
      );
    await put("past", { N: inSeconds(-60) });
    await put("future", { N: inSeconds(3600) });
    await put("endless");
    await put("text", { S: inSeconds(-60) });
    await put("six years past", { N: inSeconds(-6 * 366 * 86_400) });
    await update("Expiring", true);
    await untilMet("the expired item is gone", async () =>
      (await has("Expiring", "past")) ? undefined : true,
    );
    for (const id of ["future", "endless", "text", "six years past"])
      expect(await has("Expiring", id), id).to.equal(true);
  });

  it("is described, and refuses to be set to what it is", async () => {
    await createTable("Described");
    expect(await describeOf("Described")).to.deep.equal({ TimeToLiveStatus: "DISABLED" });
    expect((await failureOf(update("Described", false))).message).to.equal(
      "TimeToLive is already disabled",
    );
    await update("Described", true);
    expect(await describeOf("Described")).to.deep.equal({
      TimeToLiveStatus: "ENABLED",
      AttributeName: "endsAt",
    });
    expect((await failureOf(update("Described", true))).message).to.equal(
      "TimeToLive is already enabled",
    );
    expect((await failureOf(update("Described", false, "other"))).message).to.match(
      /active on a different AttributeName: current AttributeName is endsAt/,
    );
    await update("Described", false);
    expect(await describeOf("Described")).to.deep.equal({ TimeToLiveStatus: "DISABLED" });
  });

  it("needs a table that is there", async () => {
    expect((await failureOf(update("Absent", true))).name).to.equal("ResourceNotFoundException");
  });
});
