import * as crypto from "crypto";
import * as path from "path";
import * as aws from "@pulumi/aws";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocument } from "@aws-sdk/lib-dynamodb";
import limits = require("./limits");

// TypeScript that cannot be run by taking its types out.
enum Kind {
  Call = "call",
  Message = "message",
}
namespace Names {
  export const table = "notes";
}
class Label {
  constructor(readonly text: string) {}
}
const label = <Label>new Label("from the program");

const table = new aws.dynamodb.Table(Names.table, {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
});

/** Found by functions without being in their package. */
const store = async (id: string, kind: Kind) => {
  const document = DynamoDBDocument.from(new DynamoDBClient({}));
  await document.put({ TableName: table.name.get(), Item: { id, kind, label: label.text } });
};

const queue = new aws.sqs.Queue("notes", { visibilityTimeoutSeconds: limits.visibilitySeconds });
const subscription = queue.onEvent("take-note", async (event) => {
  for (const { body } of event.Records) await store(body, Kind.Message);
});

const take = new aws.lambda.CallbackFunction("take", {
  runtime: aws.lambda.Runtime.NodeJS22dX,
  policies: [
    aws.iam.ManagedPolicy.AmazonDynamoDBFullAccess,
    aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
  ],
  callback: async (event: { id: string }) => {
    await store(event.id, Kind.Call);
    return { stored: event.id, hash: crypto.createHash("md5").update(event.id).digest("hex") };
  },
});
// The function's name where a resource stands.
new aws.lambda.Permission("may-take", {
  action: "lambda:InvokeFunction",
  function: take,
  principal: "events.amazonaws.com",
});

export const tableName = table.name;
export const queueUrl = queue.url;
export const functionName = take.name;
export const roleName = subscription.func.roleInstance!.name;
export const folder = path.basename(process.cwd());
