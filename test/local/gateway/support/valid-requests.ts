/** A request that a service would take, which tests then spoil. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const signedFor = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

function json(service: string, prefix: string, version: string) {
  return (operation: string, input: object): RawRequest => ({
    method: "POST",
    path: "/",
    headers: {
      authorization: signedFor(service),
      "content-type": `application/x-amz-json-${version}`,
      "x-amz-target": `${prefix}.${operation}`,
    },
    body: JSON.stringify(input),
  });
}

function query(service: string, Version: string) {
  return (Action: string, input: Record<string, string>): RawRequest => ({
    method: "POST",
    path: "/",
    headers: {
      authorization: signedFor(service),
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    },
    body: new URLSearchParams({ Action, Version, ...input }).toString(),
  });
}

function rest(service: string) {
  return (method: string, path: string, input?: object): RawRequest => ({
    method,
    path,
    headers: { authorization: signedFor(service), "content-type": "application/json" },
    body: input === undefined ? "" : JSON.stringify(input),
  });
}

const dynamodb = json("dynamodb", "DynamoDB_20120810", "1.0");
const sqs = json("sqs", "AmazonSQS", "1.0");
const events = json("events", "AWSEvents", "1.1");
const logs = json("logs", "Logs_20140328", "1.1");
const sns = query("sns", "2010-03-31");
const iam = query("iam", "2010-05-08");
const sts = query("sts", "2011-06-15");
const lambda = rest("lambda");
const fis = rest("fis");
const apigateway = rest("apigateway");

const TableName = "spoiled";
const Key = { id: { S: "1" } };
const QueueUrl = "http://127.0.0.1/000000000000/spoiled";
const queueArn = "arn:aws:sqs:us-east-1:000000000000:spoiled";
const TopicArn = "arn:aws:sns:us-east-1:000000000000:spoiled";
const tableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/spoiled";
const RoleName = "spoiled";
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }],
});

/** At least one request of each kind that each service has. */
export const validRequests: readonly [RawRequest, ...RawRequest[]] = [
  dynamodb("CreateTable", {
    TableName,
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    BillingMode: "PAY_PER_REQUEST",
    Tags: [{ Key: "a", Value: "b" }],
  }),
  dynamodb("DescribeTable", { TableName }),
  dynamodb("ListTables", { Limit: 10 }),
  dynamodb("PutItem", {
    TableName,
    Item: {
      ...Key,
      price: { N: "1.5" },
      tags: { SS: ["a", "b"] },
      nested: { M: { a: { L: [] } } },
    },
    ConditionExpression: "attribute_not_exists(#id) OR #version < :version",
    ExpressionAttributeNames: { "#id": "id", "#version": "version" },
    ExpressionAttributeValues: { ":version": { N: "3" } },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  }),
  dynamodb("UpdateItem", {
    TableName,
    Key,
    UpdateExpression: "SET #a = if_not_exists(#a, :zero) + :one REMOVE b ADD c :one",
    ExpressionAttributeNames: { "#a": "a" },
    ExpressionAttributeValues: { ":zero": { N: "0" }, ":one": { N: "1" } },
    ReturnValues: "ALL_NEW",
  }),
  dynamodb("GetItem", { TableName, Key, ProjectionExpression: "id, price" }),
  dynamodb("DeleteItem", { TableName, Key, ReturnValues: "ALL_OLD" }),
  dynamodb("Query", {
    TableName,
    KeyConditionExpression: "id = :id",
    ExpressionAttributeValues: { ":id": { S: "1" } },
    Limit: 2,
  }),
  dynamodb("Scan", {
    TableName,
    FilterExpression: "contains(#n, :n) AND size(#n) > :s",
    ExpressionAttributeNames: { "#n": "name" },
    ExpressionAttributeValues: { ":n": { S: "x" }, ":s": { N: "1" } },
    Segment: 0,
    TotalSegments: 2,
  }),
  dynamodb("BatchWriteItem", { RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }] } }),
  dynamodb("BatchGetItem", { RequestItems: { [TableName]: { Keys: [Key] } } }),
  dynamodb("UpdateTable", { TableName, DeletionProtectionEnabled: false, TableClass: "STANDARD" }),
  dynamodb("UpdateContinuousBackups", {
    TableName,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  }),
  dynamodb("PutResourcePolicy", { ResourceArn: tableArn, Policy: policy }),
  dynamodb("TagResource", { ResourceArn: tableArn, Tags: [{ Key: "a", Value: "b" }] }),
  sqs("CreateQueue", {
    QueueName: "spoiled",
    Attributes: { VisibilityTimeout: "1", Policy: policy },
    tags: { a: "b" },
  }),
  sqs("SendMessage", {
    QueueUrl,
    MessageBody: "body",
    DelaySeconds: 0,
    MessageAttributes: { a: { DataType: "String", StringValue: "b" } },
  }),
  sqs("SendMessageBatch", { QueueUrl, Entries: [{ Id: "1", MessageBody: "body" }] }),
  sqs("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 1, AttributeNames: ["All"] }),
  sqs("ChangeMessageVisibility", { QueueUrl, ReceiptHandle: "handle", VisibilityTimeout: 1 }),
  sqs("DeleteMessageBatch", { QueueUrl, Entries: [{ Id: "1", ReceiptHandle: "handle" }] }),
  sqs("GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] }),
  sqs("SetQueueAttributes", { QueueUrl, Attributes: { RedrivePolicy: "" } }),
  sqs("ListQueues", { QueueNamePrefix: "spoiled", MaxResults: 5 }),
  sqs("StartMessageMoveTask", { SourceArn: queueArn, MaxNumberOfMessagesPerSecond: 5 }),
  sqs("ListMessageMoveTasks", { SourceArn: queueArn }),
  sns("CreateTopic", {
    Name: "spoiled",
    "Attributes.entry.1.key": "DisplayName",
    "Attributes.entry.1.value": "x",
  }),
  sns("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queueArn }),
  sns("Publish", {
    TopicArn,
    Message: "message",
    "MessageAttributes.entry.1.Name": "a",
    "MessageAttributes.entry.1.Value.DataType": "String",
    "MessageAttributes.entry.1.Value.StringValue": "b",
  }),
  sns("PublishBatch", {
    TopicArn,
    "PublishBatchRequestEntries.member.1.Id": "1",
    "PublishBatchRequestEntries.member.1.Message": "message",
  }),
  sns("ListSubscriptionsByTopic", { TopicArn }),
  sns("TagResource", {
    ResourceArn: TopicArn,
    "Tags.member.1.Key": "a",
    "Tags.member.1.Value": "b",
  }),
  iam("CreateRole", {
    RoleName,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } }],
    }),
  }),
  iam("PutRolePolicy", { RoleName, PolicyName: "p", PolicyDocument: policy }),
  iam("GetRole", { RoleName }),
  iam("ListRoles", {}),
  sts("GetCallerIdentity", {}),
  sts("AssumeRole", {
    RoleArn: "arn:aws:iam::000000000000:role/spoiled",
    RoleSessionName: "session",
  }),
  events("CreateEventBus", { Name: "spoiled", Tags: [{ Key: "a", Value: "b" }] }),
  events("PutRule", {
    ...{ Name: "spoiled", EventBusName: "spoiled" },
    EventPattern:
      '{"detail":{"a":[{"prefix":"x"},{"numeric":[">",0]},{"exists":false}],"$or":[{"b":[1]},{"c":[{"wildcard":"*x"}]}]}}',
  }),
  events("PutRule", { Name: "spoiled", ScheduleExpression: "cron(0 10 ? * MON-FRI *)" }),
  events("PutTargets", {
    ...{ Rule: "spoiled", EventBusName: "spoiled" },
    Targets: [
      {
        ...{ Id: "1", Arn: queueArn, DeadLetterConfig: { Arn: queueArn } },
        InputTransformer: { InputPathsMap: { a: "$.detail.a[0]" }, InputTemplate: '{"a": <a>}' },
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      },
    ],
  }),
  events("PutEvents", {
    Entries: [{ Source: "s", DetailType: "d", Detail: '{"a":["x"]}', EventBusName: "spoiled" }],
  }),
  events("TestEventPattern", { EventPattern: '{"source":["s"]}', Event: '{"id":"1"}' }),
  events("ListRules", { EventBusName: "spoiled", Limit: 5 }),
  logs("CreateLogGroup", { logGroupName: "spoiled", tags: { a: "b" } }),
  logs("CreateLogStream", { logGroupName: "spoiled", logStreamName: "s" }),
  logs("PutLogEvents", {
    logGroupName: "spoiled",
    logStreamName: "s",
    logEvents: [{ timestamp: 1_790_000_000_000, message: "m" }],
  }),
  logs("FilterLogEvents", { logGroupName: "spoiled", filterPattern: "m", limit: 5 }),
  lambda("POST", "/2015-03-31/functions", {
    FunctionName: "spoiled",
    Runtime: "nodejs24.x",
    Role: "arn:aws:iam::000000000000:role/spoiled",
    Handler: "index.handler",
    Code: { ZipFile: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" },
    Environment: { Variables: { A: "b" } },
    LoggingConfig: { LogFormat: "JSON" },
    Tags: { a: "b" },
  }),
  lambda("GET", "/2015-03-31/functions/spoiled"),
  lambda("PUT", "/2015-03-31/functions/spoiled/configuration", { Timeout: 3, MemorySize: 128 }),
  lambda("POST", "/2015-03-31/functions/missing/invocations", { a: 1 }),
  lambda("POST", "/2015-03-31/functions/spoiled/policy", {
    StatementId: "s",
    Action: "lambda:InvokeFunction",
    Principal: "apigateway.amazonaws.com",
  }),
  lambda("PUT", "/2017-10-31/functions/spoiled/concurrency", { ReservedConcurrentExecutions: 1 }),
  lambda("POST", "/2015-03-31/event-source-mappings", {
    EventSourceArn: queueArn,
    FunctionName: "missing",
    BatchSize: 10,
    ScalingConfig: { MaximumConcurrency: 2 },
  }),
  fis("POST", "/experimentTemplates", {
    clientToken: "one",
    description: "waits",
    roleArn: "arn:aws:iam::000000000000:role/spoiled",
    actions: { wait: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } } },
    stopConditions: [{ source: "none" }],
    tags: { a: "b" },
  }),
  fis("GET", "/experimentTemplates?maxResults=5"),
  fis("POST", "/experiments", { clientToken: "token", experimentTemplateId: "EXT1" }),
  fis("GET", "/actions?maxResults=5"),
  apigateway("POST", "/restapis", { name: "spoiled", tags: { a: "b" } }),
  apigateway("GET", "/restapis?limit=5"),
  apigateway("PATCH", "/restapis/missing", {
    patchOperations: [{ op: "replace", path: "/name", value: "n" }],
  }),
  { method: "GET", path: "/_localstack/health", headers: {}, body: "" },
  { method: "POST", path: "/_localstack/chaos/faults", headers: {}, body: '[{"probability":2}]' },
  { method: "GET", path: "/_aws/execute-api/missing/dev/path", headers: {}, body: "" },
];
