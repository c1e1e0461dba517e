import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bundleFunction, LambdaFunction, WriteBuffer } from "outage-drill/write-buffer";
import { dynamodbBudget } from "./functions/budget.ts";
import { createApi } from "./infra/create-api.ts";
import { createProvider } from "./infra/create-provider.ts";

const config = new pulumi.Config();
const endpoint = config.get("endpoint") || undefined;
const opts = { provider: createProvider(config.require("region"), endpoint) };
const prefix = `${pulumi.getProject()}-${pulumi.getStack()}`;
const common = { runtime: "nodejs24.x", timeoutSeconds: 10, logRetentionDays: 30 };

const table = new aws.dynamodb.Table(
  "orders",
  {
    name: `${prefix}-orders`,
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    billingMode: "PAY_PER_REQUEST",
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    // An emulated table may go with its stack.
    deletionProtectionEnabled: endpoint === undefined,
  },
  opts,
);

const buffer = new WriteBuffer(
  "orders-buffer",
  {
    topicName: `${prefix}-orders`,
    queueName: `${prefix}-orders`,
    deadLetterQueueName: `${prefix}-orders-dead`,
    retryFunction: {
      ...common,
      entry: new URL("./functions/apply-order.ts", import.meta.url),
      functionName: `${prefix}-apply-order`,
      environment: { TABLE_NAME: table.name },
      allowedCalls: [
        { actions: ["dynamodb:PutItem"], resource: table.arn, budget: dynamodbBudget },
      ],
    },
  },
  opts,
);

const orders = new LambdaFunction(
  "orders",
  {
    ...common,
    code: bundleFunction(new URL("./functions/orders.ts", import.meta.url)),
    serviceName: "orders",
    functionName: `${prefix}-orders`,
    environment: { TABLE_NAME: table.name, ...buffer.environment },
    allowedCalls: [
      {
        actions: ["dynamodb:PutItem", "dynamodb:GetItem"],
        resource: table.arn,
        budget: dynamodbBudget,
      },
      ...buffer.allowedCalls,
    ],
  },
  opts,
);

/** POST and GET of this address and `/orders`. */
export const url = createApi("api", { name: prefix, fn: orders, endpoint }, opts);
export const tableName = table.name;
export const queueUrl = buffer.queueUrl;
export const deadLetterQueueUrl = buffer.deadLetterQueueUrl;
