export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

export const call = (service: string, operation: string, input: object = {}): Call => ({
  ...{ service, operation, input },
});

/** A rule of the Chaos API, the call that meets it, and how boto3 ends it. */
export interface Faulted {
  readonly error: { readonly statusCode: number; readonly code: string };
  readonly apiOperation: string;
  readonly call: Call;
  readonly attempts: number;
}

const failing = { statusCode: 500, code: "InternalError" };
const throttling = { statusCode: 400, code: "ThrottlingException" };
const denying = { statusCode: 403, code: "AccessDeniedException" };
const tooMany = { statusCode: 429, code: "TooManyRequestsException" };
const key = { TableName: "t-1", Key: { id: { S: "1" } } };
const queue = { QueueUrl: "http://127.0.0.1/000000000000/q" };
const topic = { TopicArn: "arn:aws:sns:us-east-1:000000000000:t" };

export const faulted: readonly Faulted[] = [
  {
    error: failing,
    apiOperation: "ListTables",
    call: call("dynamodb", "list_tables"),
    attempts: 3,
  },
  {
    error: throttling,
    apiOperation: "GetItem",
    call: call("dynamodb", "get_item", key),
    attempts: 3,
  },
  {
    error: denying,
    apiOperation: "DeleteItem",
    call: call("dynamodb", "delete_item", key),
    attempts: 1,
  },
  { error: failing, apiOperation: "ListQueues", call: call("sqs", "list_queues"), attempts: 3 },
  {
    error: throttling,
    apiOperation: "PurgeQueue",
    call: call("sqs", "purge_queue", queue),
    attempts: 3,
  },
  {
    error: denying,
    apiOperation: "DeleteQueue",
    call: call("sqs", "delete_queue", queue),
    attempts: 1,
  },
  { error: failing, apiOperation: "ListTopics", call: call("sns", "list_topics"), attempts: 3 },
  {
    error: throttling,
    apiOperation: "ListSubscriptions",
    call: call("sns", "list_subscriptions"),
    attempts: 3,
  },
  {
    error: denying,
    apiOperation: "DeleteTopic",
    call: call("sns", "delete_topic", topic),
    attempts: 1,
  },
  {
    error: failing,
    apiOperation: "ListFunctions",
    call: call("lambda", "list_functions"),
    attempts: 3,
  },
  {
    error: tooMany,
    apiOperation: "Invoke",
    call: call("lambda", "invoke", { FunctionName: "f" }),
    attempts: 3,
  },
  {
    error: denying,
    apiOperation: "DeleteFunction",
    call: call("lambda", "delete_function", { FunctionName: "f" }),
    attempts: 1,
  },
  {
    error: failing,
    apiOperation: "GetRestApis",
    call: call("apigateway", "get_rest_apis"),
    attempts: 3,
  },
  {
    error: tooMany,
    apiOperation: "GetAccount",
    call: call("apigateway", "get_account"),
    attempts: 3,
  },
  {
    error: denying,
    apiOperation: "DeleteRestApi",
    call: call("apigateway", "delete_rest_api", { restApiId: "a" }),
    attempts: 1,
  },
  { error: failing, apiOperation: "ListRoles", call: call("iam", "list_roles"), attempts: 3 },
  {
    error: throttling,
    apiOperation: "ListPolicies",
    call: call("iam", "list_policies"),
    attempts: 3,
  },
  {
    error: denying,
    apiOperation: "DeleteRole",
    call: call("iam", "delete_role", { RoleName: "r" }),
    attempts: 1,
  },
  {
    error: failing,
    apiOperation: "GetCallerIdentity",
    call: call("sts", "get_caller_identity"),
    attempts: 3,
  },
  {
    error: failing,
    apiOperation: "DescribeLogGroups",
    call: call("logs", "describe_log_groups"),
    attempts: 3,
  },
  {
    error: throttling,
    apiOperation: "ListTagsForResource",
    call: call("logs", "list_tags_for_resource", {
      resourceArn: "arn:aws:logs:us-east-1:000000000000:log-group:g",
    }),
    attempts: 3,
  },
  {
    error: denying,
    apiOperation: "DeleteLogGroup",
    call: call("logs", "delete_log_group", { logGroupName: "g" }),
    attempts: 1,
  },
];

/** A call for what is not there; the exception's class and code. */
export const missing: readonly [Call, string, string, number][] = [
  [
    call("dynamodb", "scan", { TableName: "missing" }),
    "ResourceNotFoundException",
    "ResourceNotFoundException",
    400,
  ],
  [
    call("sqs", "get_queue_attributes", queue),
    "QueueDoesNotExist",
    "AWS.SimpleQueueService.NonExistentQueue",
    400,
  ],
  [call("sns", "get_topic_attributes", topic), "NotFoundException", "NotFound", 404],
  [
    call("lambda", "get_function", { FunctionName: "f" }),
    "ResourceNotFoundException",
    "ResourceNotFoundException",
    404,
  ],
  [
    call("fis", "get_experiment", { id: "EXP1" }),
    "ResourceNotFoundException",
    "ResourceNotFoundException",
    404,
  ],
  [
    call("apigateway", "get_rest_api", { restApiId: "a" }),
    "NotFoundException",
    "NotFoundException",
    404,
  ],
  [call("iam", "get_role", { RoleName: "r" }), "NoSuchEntityException", "NoSuchEntity", 404],
  [
    call("logs", "get_log_events", { logGroupName: "g", logStreamName: "s" }),
    "ResourceNotFoundException",
    "ResourceNotFoundException",
    400,
  ],
];

/** A call that the embedded cloud does not have; the code of the service's own answer. */
export const unknown: readonly [Call, string][] = [
  [
    call("dynamodb", "export_table_to_point_in_time", {
      TableArn: "arn:aws:dynamodb:us-east-1:000000000000:table/t-1",
      S3Bucket: "bucket",
    }),
    "UnknownOperationException",
  ],
  [call("kinesis", "list_streams"), "UnknownOperationException"],
  [call("s3", "get_object_torrent", { Bucket: "b", Key: "k" }), "NotImplemented"],
  [call("sns", "list_platform_applications"), "InvalidAction"],
  [call("iam", "list_users"), "InvalidAction"],
  [call("sts", "get_session_token"), "InvalidAction"],
  [call("sqs", "remove_permission", { ...queue, Label: "l" }), "UnknownOperationException"],
  [call("lambda", "list_layers"), "UnknownOperationException"],
  [call("apigateway", "get_api_keys"), "UnknownOperationException"],
  [call("logs", "describe_queries"), "UnknownOperationException"],
  [call("rds", "describe_db_instances"), "InvalidAction"],
  [call("stepfunctions", "list_state_machines"), "UnknownOperationException"],
];
