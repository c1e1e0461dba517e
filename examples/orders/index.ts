import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const isTransaction = config.requireBoolean("transaction");
const isFifo = config.requireBoolean("fifo");
const retries = config.requireBoolean("retry");

const orders = new aws.dynamodb.Table("orders", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
  streamEnabled: true,
  streamViewType: "NEW_IMAGE",
});
const lines = new aws.dynamodb.Table("lines", {
  attributes: [
    { name: "order", type: "S" },
    { name: "line", type: "N" },
  ],
  hashKey: "order",
  rangeKey: "line",
  billingMode: "PAY_PER_REQUEST",
});
const customers = new aws.dynamodb.Table("customers", {
  attributes: [
    { name: "customer", type: "S" },
    { name: "order", type: "S" },
  ],
  hashKey: "customer",
  rangeKey: "order",
  billingMode: "PAY_PER_REQUEST",
});
const shipments = new aws.dynamodb.Table("shipments", {
  attributes: [{ name: "order", type: "S" }],
  hashKey: "order",
  billingMode: "PAY_PER_REQUEST",
});
const fulfilment = new aws.sqs.Queue("fulfilment", {
  fifoQueue: isFifo,
  // As long as the function may take: what it has not done by then is given to it again.
  visibilityTimeoutSeconds: 12,
});

interface Code {
  readonly handler: string;
  readonly timeout: number;
  readonly actions: readonly string[];
  readonly resources: pulumi.Input<string>[];
  readonly variables?: Record<string, pulumi.Input<string>>;
}

/** A function that may do these actions, and nothing else. */
function lambda(
  name: string,
  { handler, timeout, actions, resources, variables = {} }: Code,
): aws.lambda.Function {
  const role = new aws.iam.Role(`${name}-role`, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  });
  const policy = new aws.iam.RolePolicy(`${name}-policy`, {
    role,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: [...actions], Resource: resources }],
    },
  });
  return new aws.lambda.Function(
    name,
    {
      role: role.arn,
      runtime: aws.lambda.Runtime.NodeJS22dX,
      handler,
      code: new pulumi.asset.FileArchive("./lambda"),
      timeout,
      ...(Object.keys(variables).length > 0 && { environment: { variables } }),
    },
    { dependsOn: policy },
  );
}

const readStream = [
  "dynamodb:DescribeStream",
  "dynamodb:GetRecords",
  "dynamodb:GetShardIterator",
  "dynamodb:ListStreams",
];

const takeOrder = lambda("take-order", {
  handler: isTransaction ? "orders.handler" : "item-by-item.handler",
  timeout: 20,
  actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"],
  resources: [orders.arn, lines.arn],
  variables: { ORDERS: orders.name, LINES: lines.name },
});
const project = lambda("project", {
  handler: retries ? "project.handler" : "project.forgetful",
  timeout: 30,
  actions: [...readStream, "dynamodb:PutItem"],
  resources: [orders.streamArn, customers.arn],
  variables: { CUSTOMERS: customers.name },
});
const dispatch = lambda("dispatch", {
  handler: retries ? "dispatch.handler" : "dispatch.forgetful",
  timeout: 30,
  actions: [...readStream, "sqs:SendMessage"],
  resources: [orders.streamArn, fulfilment.arn],
  variables: { QUEUE: fulfilment.url },
});
const fulfil = lambda("fulfil", {
  handler: "fulfil.handler",
  timeout: 12,
  actions: [
    "dynamodb:PutItem",
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
  ],
  resources: [fulfilment.arn, shipments.arn],
  variables: { SHIPMENTS: shipments.name },
});

for (const reader of [project, dispatch])
  new aws.lambda.EventSourceMapping(reader === project ? "orders-project" : "orders-dispatch", {
    eventSourceArn: orders.streamArn,
    functionName: reader.arn,
    startingPosition: "TRIM_HORIZON",
    batchSize: 10,
  });
new aws.lambda.EventSourceMapping("fulfilment-fulfil", {
  eventSourceArn: fulfilment.arn,
  functionName: fulfil.arn,
  batchSize: 10,
});

const api = new aws.apigatewayv2.Api("api", { protocolType: "HTTP", target: takeOrder.arn });
new aws.lambda.Permission("api-may-take-orders", {
  action: "lambda:InvokeFunction",
  function: takeOrder.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});

export const url = api.apiEndpoint;
