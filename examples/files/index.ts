import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const swallows = new pulumi.Config().requireBoolean("swallow");

const documents = new aws.s3.Bucket("documents", { forceDestroy: true });

const index = new aws.dynamodb.Table("index", {
  attributes: [{ name: "name", type: "S" }],
  hashKey: "name",
  billingMode: "PAY_PER_REQUEST",
});

const stored = new aws.sqs.Queue("stored", { visibilityTimeoutSeconds: 12 });
const storedPolicy = new aws.sqs.QueuePolicy("stored-policy", {
  queueUrl: stored.id,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: stored.arn,
        Condition: { ArnEquals: { "aws:SourceArn": documents.arn } },
      },
    ],
  },
});
new aws.s3.BucketNotification(
  "documents-stored",
  {
    bucket: documents.id,
    queues: [{ queueArn: stored.arn, events: ["s3:ObjectCreated:*"] }],
  },
  { dependsOn: storedPolicy },
);

/** A function of a file in `lambda/`, and what it may do. */
function createFunction(
  name: string,
  file: string,
  statements: aws.iam.PolicyStatement[],
  variables: Record<string, pulumi.Input<string>>,
) {
  const role = new aws.iam.Role(`${name}-role`, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  });
  const policy = new aws.iam.RolePolicy(`${name}-policy`, {
    role,
    policy: { Version: "2012-10-17", Statement: statements },
  });
  const handler = new aws.lambda.Function(
    name,
    {
      role: role.arn,
      runtime: aws.lambda.Runtime.NodeJS22dX,
      handler: `${file}.handler`,
      code: new pulumi.asset.FileArchive("./lambda"),
      timeout: 10,
      environment: { variables },
    },
    { dependsOn: policy },
  );
  return handler;
}

const objects = pulumi.interpolate`${documents.arn}/*`;

const serve = createFunction(
  "serve",
  "serve",
  [
    { Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: objects },
    // Without it, S3 does not tell that a document is not there.
    { Effect: "Allow", Action: "s3:ListBucket", Resource: documents.arn },
    { Effect: "Allow", Action: "dynamodb:Scan", Resource: index.arn },
  ],
  { BUCKET: documents.id, TABLE: index.name },
);

const indexer = createFunction(
  "indexer",
  swallows ? "index-and-go-on" : "index",
  [
    { Effect: "Allow", Action: "dynamodb:UpdateItem", Resource: index.arn },
    {
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      Resource: stored.arn,
    },
  ],
  { TABLE: index.name },
);
new aws.lambda.EventSourceMapping("index-stored", {
  eventSourceArn: stored.arn,
  functionName: indexer.arn,
  batchSize: 10,
  functionResponseTypes: ["ReportBatchItemFailures"],
});

const api = new aws.apigatewayv2.Api("api", { protocolType: "HTTP", target: serve.arn });
new aws.lambda.Permission("api-may-serve", {
  action: "lambda:InvokeFunction",
  function: serve.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
});

export const url = api.apiEndpoint;
